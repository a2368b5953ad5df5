/** What decides whether a named place lies outside the knowledge base. */
export interface PlaceFacts {
  findPlaces(text: string): readonly string[];
  /** Places that published documents are for, and the park's own. */
  coveredPlaces: ReadonlySet<string>;
  /** Functional areas that people ask about like places: 临港新片区, 中关村. */
  zones: readonly string[];
  /** Whether a published clause mentions the name. */
  isMentioned(name: string): Promise<boolean>;
}

/** Where the asker comes from, not what is asked about: 从嘉定搬过来, 注册在苏州. */
const ORIGIN = /(从|由|在|来自|原来在|总部在|注册(地)?(在|是)|落户在|人在|户口在|位于)$/;
const MOVING =
  /^(的|市|区|县|那边)?.{0,6}(搬|迁|过来|来奉|转过来|注册|的?(公司|企业|厂|团队|老板|人)?(想|要|打算|准备)(来|搬|迁|落户))/;

/** The places that the question is about and that no published document covers or mentions. */
export async function detectForeignPlaces(
  question: string,
  { findPlaces, zones, coveredPlaces, isMentioned }: PlaceFacts,
): Promise<string[]> {
  const named = [
    ...findPlaces(question)
      .filter((place) => !coveredPlaces.has(place))
      .map(shortName),
    ...zones.filter((zone) => question.includes(zone)),
  ];
  const foreign: string[] = [];
  for (const name of named) {
    const at = question.indexOf(name);
    const isOrigin =
      at >= 0 && (ORIGIN.test(question.slice(0, at)) || MOVING.test(question.slice(at + name.length)));
    if (!isOrigin && !(await isMentioned(name))) foreign.push(name);
  }
  return foreign;
}

function shortName(place: string): string {
  const short = place.replace(/(特别行政区|自治区|新区|省|市|区|县)$/, "");
  return short.length > 1 ? short : place;
}
