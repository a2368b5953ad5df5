import { type Clause, readResponsible } from "../../knowledge/index.ts";
import { hashContent } from "../catalogue/canonical-json.ts";
import { quotesOf } from "../catalogue/index-quotes.ts";
import type { Criterion, Program, Suggestion } from "../types.ts";
import { chooseIndustries, chooseKind, chooseNeeds, chooseSubjects } from "./choose-terms.ts";
import type { FoundMeasure } from "./find-measures.ts";
import { type CriteriaContext, type DraftCriterion, readCriteria } from "./read-criteria.ts";
import { type ConditionList, chapterOf, type DocumentFacts } from "./sort-out-document.ts";
import { splitParts } from "./split-text.ts";

export interface DraftContext {
  title: string;
  clauses: readonly Clause[];
  facts: DocumentFacts;
  existing: readonly Program[];
  criteria: CriteriaContext;
}

/** A measure as a program, with what its reviewer must look at. Pure. */
export function draftProgram(measure: FoundMeasure, context: DraftContext, whole: boolean): Suggestion {
  const { clause, name } = measure;
  const notes: string[] = [];
  const said = whole ? findApplicants(context) : findAudience(measure);
  const audience = said?.text ?? null;
  const criteria = gatherCriteria(measure, audience, context, whole, notes);
  const benefits = gatherBenefits(measure, context.clauses);
  const text = [name, ...measure.sentences].join("。");
  const detailed = whole || measure.how === "grant" || measure.how === "recognise";
  const { facts } = context;
  const body = findBody(clause) ?? (detailed ? facts.body : null);
  const program: Program = {
    id: `S-${hashContent([context.title, clause.section, name]).slice(0, 10).toUpperCase()}`,
    ...{ name, aliases: [], kind: chooseKind(name, text), document: context.title },
    audience: said,
    industries: chooseIndustries(text, context.criteria.lexicon),
    industryBound: false,
    subjects: chooseSubjects(audience ?? "", context.criteria.lexicon),
    needs: chooseNeeds(name, text, context.criteria.lexicon),
    state: {
      state: measure.state,
      verb: measure.verb,
      source: { section: clause.section, quote: measure.quote },
    },
    ...{ criteria, benefits, notStated: [] },
    steps: detailed ? facts.steps : [],
    materials: detailed ? facts.materials : [],
    window: detailed ? facts.window : null,
    responsibleBody: body,
    ...{ excludes: [], requires: [], stacksWith: [], intake: [], cautions: [] },
  };
  program.notStated = listNotStated(program, facts);
  program.intake = [
    ...new Set(criteria.flatMap(({ test }) => (test && "field" in test ? [test.field] : []))),
  ];
  if (!measure.named) notes.push("名称截自原文句子，请核对是否妥当。");
  notes.push(...noteDocument(program, facts, detailed));
  const duplicateOf = findDouble(program, context.existing);
  if (duplicateOf) notes.push(`目录中已有 ${duplicateOf}，依据同一处原文。`);
  return { program, confidence: rate(measure, program, whole), notes, duplicateOf };
}

/** “对……的”, or what a fund invests in; in the text's words. */
function findAudience({ sentences, quote, clause }: FoundMeasure): Program["audience"] {
  for (const sentence of [quote, ...sentences]) {
    const given = /^对(?:于)?(?<whom>.{2,110}?)(?:，|(?=给予|予以|按照|每家|每个))/.exec(sentence)?.groups?.[
      "whom"
    ];
    const aimed =
      /(?:重点投资|重点投向|投向|投资于|重点支持|主要服务|面向)(?<whom>[^。；，]{3,110}?(?:企业|项目|团队|机构))(?=，|$|[，。；])/.exec(
        sentence,
      );
    const doer = /^(?<whom>[^，。对]{4,60}的)，[^，]{0,14}(?:按照?|给予|予以|连续|前[一二三两]|补)/.exec(
      sentence,
    );
    const whom = given ?? aimed?.groups?.["whom"] ?? doer?.groups?.["whom"];
    if (whom && /企业|机构|人才|团队|项目|单位|药|器械|平台|孵化器|产品|品种|总部|的$/.test(whom))
      return { text: whom, source: { section: clause.section, quote: whom } };
  }
  return null;
}

/** Of a document about one matter: whom its scope names. */
function findApplicants({ facts }: DraftContext): Program["audience"] {
  const scope = facts.conditions.find(({ lead }) => /对象|范围/.test(lead))?.items[0];
  return scope ? { text: scope.text, source: { section: scope.section, quote: scope.text } } : null;
}

function gatherCriteria(
  measure: FoundMeasure,
  audience: string | null,
  context: DraftContext,
  whole: boolean,
  notes: string[],
): Criterion[] {
  const { section } = measure.clause;
  const drafts: DraftCriterion[] =
    audience && !whole ? readCriteria(audience, section, context.criteria) : [];
  const groups = new Set(measure.sentences.flatMap((one) => /^对[^，]{2,80}/.exec(one)?.[0] ?? []));
  if (!whole && groups.size > 1) {
    notes.push("同一条款对几类对象分别规定，首类对象的条件未作核对，请分别登记或人工判断。");
    for (const draft of drafts) delete draft.test;
  }
  if (measure.how === "recognise") drafts.push(...readRecognition(measure, context));
  const lists = context.facts.conditions.filter((list) => belongs(list, measure, whole));
  for (const list of lists) {
    drafts.push(...readList(list, context.criteria));
    if (list.section !== section) {
      notes.push(`“${list.lead.slice(0, 30)}”所列条件（${list.section}起）已并入，请核对是否适用于本项目。`);
    }
  }
  const known = new Set<string>();
  const kept = drafts.filter(({ source, test }) => {
    const key = JSON.stringify([source.quote, test ?? null]);
    return !known.has(key) && known.add(key);
  });
  const open = kept.filter(({ test }) => !test).length;
  if (open > 0) notes.push(`${open} 项条件只能由人判断（原文的数值、时间或认定口径不能确切换算）。`);
  if (kept.some(({ test }) => test && "operator" in test && test.operator === "age-less-than"))
    notes.push("成立年限按“不满”换算；原文写“不超过”的，恰满之日请人工判断。");
  return kept.map((draft, index) => ({ id: `c${index + 1}`, ...draft }));
}

function belongs(list: ConditionList, measure: FoundMeasure, whole: boolean): boolean {
  if (measure.how === "recognise") return list.section.startsWith(measure.clause.section);
  if (whole) return !/子基金|管理机构|推荐单位|停止/.test(list.lead);
  return (
    list.chapter !== "" &&
    list.chapter === chapterOf(measure.clause) &&
    !/申请[^条件]{2,10}的/.test(list.lead)
  );
}

function readList(list: ConditionList, context: CriteriaContext): DraftCriterion[] {
  const items = list.items.filter(({ text }) => !/[：:]$|前款|上款/.test(text));
  const [first] = items;
  if (!list.oneSuffices || !first)
    return items.flatMap(({ text, section }) => readCriteria(text, section, context));
  const text = `${list.lead}：${items.map((item) => item.text).join("；")}`;
  return [
    { text, level: "enterprise", mandatory: true, source: { section: first.section, quote: first.text } },
  ];
}

/** 申请成长型总部的，应当符合……，属于…… in one sentence. */
function readRecognition({ quote, clause }: FoundMeasure, { criteria }: DraftContext): DraftCriterion[] {
  if (/[：:]$/.test(quote)) return [];
  return splitParts(quote)
    .slice(1)
    .map((part) => part.replace(/^(?:应当?)?(?:同时)?(?:符合|具备)?/, ""))
    .flatMap((part) => readCriteria(part, clause.section, criteria));
}

function gatherBenefits(
  { sentences, clause, how }: FoundMeasure,
  clauses: readonly Clause[],
): Program["benefits"] {
  if (how === "recognise") return [];
  return sentences.flatMap((sentence) => {
    const home = clause.text.includes(sentence)
      ? clause
      : clauses.find(({ text }) => text.includes(sentence));
    if (!home) return [];
    return [{ text: sentence, source: { section: home.section, quote: sentence } }];
  });
}

function findBody(clause: Clause): Program["responsibleBody"] {
  const quote = /责任(?:单位|部门)[：:][^）)\n。]+/.exec(clause.text)?.[0];
  if (!quote) return null;
  const bodies = readResponsible(clause.text);
  const text =
    Array.isArray(bodies) && bodies.length > 0 ? bodies.join("、") : quote.replace(/^.*?[：:]/, "");
  return { text, source: { section: clause.section, quote } };
}

function listNotStated(program: Program, { contact, recurring }: DocumentFacts): string[] {
  const amount = program.benefits.some(({ text }) =>
    /[\d一二两三四五六七八九十百千]+\s*[万亿]?元|\d\s*[%％]/.test(text),
  );
  return [
    ...(amount ? [] : ["金额"]),
    ...(program.criteria.length > 0 ? [] : ["申报条件"]),
    ...(program.window || recurring ? [] : ["申报时间"]),
    ...(program.materials.length > 0 ? [] : ["申报材料"]),
    ...(program.responsibleBody ? [] : ["受理部门"]),
    ...(contact ? [] : ["联系方式"]),
  ];
}

function noteDocument(program: Program, facts: DocumentFacts, detailed: boolean): string[] {
  const notes: string[] = [];
  if (detailed && (facts.materials.length > 0 || facts.steps.length > 0 || facts.window))
    notes.push("申报材料、步骤和时间取自全文通用条款，请核对是否适用于本项目。");
  if (detailed && facts.recurring && !facts.window)
    notes.push(
      `原文只写每年的时间：“${facts.recurring.text.slice(0, 60)}”，本年度的起止日请以申报通知为准。`,
    );
  if (facts.onlyOnce)
    notes.push(`原文有不重复享受的规定：“${facts.onlyOnce.text.slice(0, 60)}”，涉及哪些项目请人工填写。`);
  if (!program.audience) notes.push("原文未单独写明对象，请核对。");
  if (program.needs.length === 0) notes.push("未能判断对应的需求，请补充 needs。");
  return notes;
}

function rate(measure: FoundMeasure, program: Program, whole: boolean): number {
  const base = { grant: 0.7, recognise: 0.75, build: 0.55, encourage: 0.4 }[measure.how];
  const plus =
    (whole ? 0.2 : 0) +
    (measure.named ? 0.1 : 0) +
    (program.audience ? 0.05 : 0) +
    (program.needs.some(({ fit }) => fit === "direct") ? 0.05 : -0.05);
  return Math.max(0, Math.min(0.95, Number((base + plus).toFixed(2))));
}

/** A program of the same document whose state rests on the same words. */
function findDouble(program: Program, existing: readonly Program[]): string | null {
  const { section, quote } = program.state.source;
  const same = existing.filter((one) => one.id === program.id || one.document === program.document);
  const close = same.filter((one) =>
    quotesOf(one).some(
      (other) => other.section === section && (other.quote.includes(quote) || quote.includes(other.quote)),
    ),
  );
  const named = close.find((one) => one.name.includes(program.name) || program.name.includes(one.name));
  return (named ?? close[0])?.id ?? null;
}
