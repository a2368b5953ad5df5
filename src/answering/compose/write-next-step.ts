import type { DocumentMetadata } from "../../knowledge/index.ts";
import { describeSection } from "./describe-section.ts";
import type { Language } from "./words.ts";

/** The body that a document itself names as responsible for it, with the words that say so. */
export interface ResponsibleBody {
  name: string;
  section: string;
  quote: string;
}

const RESPONSIBLE = [
  /由?([\u4e00-\u9fa5（）]{2,24}?(?:局|委|办|厅|部|中心|委员会|管委会|政府|办公室))(?:会同[^，。；]{2,30})?(?:负责解释|承担解释|具体负责|负责组织实施|负责具体实施|落实推进|归口管理)/g,
];

/** Most clauses name nobody, which is told much faster. */
const NAMES_ONE = /负责解释|承担解释|具体负责|负责组织实施|负责具体实施|落实推进|归口管理/;

/**
 * Who a document names for its own carrying-out: the interpreter of the metadata, else the last body that a clause calls
 * 具体负责, 落实推进 or 负责组织实施. Undefined when the document names nobody.
 */
export function findResponsibleBody(
  metadata: DocumentMetadata,
  clauses: readonly { section: string; text: string }[],
): ResponsibleBody | undefined {
  const found = clauses
    .filter(({ text }) => NAMES_ONE.test(text))
    .flatMap(({ section, text }) =>
      RESPONSIBLE.flatMap((pattern) =>
        [...text.matchAll(pattern)].map((match) => ({
          name: cleanName(match[1] ?? ""),
          section,
          quote: match[0],
        })),
      ),
    );
  const usable = found.filter(({ name }) => name.length >= 3);
  return usable.find(({ name }) => name === metadata.interpreter) ?? usable.at(-1);
}

function cleanName(name: string): string {
  return name.replace(/^.*(?:由|和|、|，)(?=.{3,}$)/, "");
}

export interface NextStepInput {
  kind: string;
  body: ResponsibleBody | undefined;
  title: string | undefined;
  isDraft: boolean;
  language: Language;
}

/** One sentence that says what to do now. It names a body only when the document does, with the place where it does. */
export function writeNextStep({ kind, body, title, isDraft, language }: NextStepInput): string {
  if (language === "en") return writeEnglish(kind, body, isDraft);
  const watch = isDraft
    ? "请留意正式印发的文件及后续实施细则、申报通知"
    : "请以主管部门发布的实施细则、申报通知为准";
  if (!body || !title) {
    return `${watch}；需要确认具体事项的，请联系园区服务专员或文件发布单位核实。`;
  }
  const ask = `${watch}；需要确认具体事项的，可向${body.name}核实（文件${describeSection(body.section)}写明“${body.quote}”）`;
  return `${ask}。`;
}

function writeEnglish(kind: string, body: ResponsibleBody | undefined, isDraft: boolean): string {
  const watch = isDraft
    ? "Watch for the final document and its implementing rules"
    : "Follow the implementing rules and calls for applications";
  const whom = body
    ? `${body.name} (named in ${describeSection(body.section)}: “${body.quote}”)`
    : "the issuing authority or a park service specialist";
  return `${watch}; to confirm ${kind === "not-in-documents" ? "what the documents do not state" : "details"}, ask ${whom}.`;
}
