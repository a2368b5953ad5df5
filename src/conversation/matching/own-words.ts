/** They speak for an enterprise of their own. */
export const OWN = /我(?![国区市省])|咱|俺|本公司|本司|本企业|敝|\b(?:we|our|us|i|i'm|my|me)\b/iu;
