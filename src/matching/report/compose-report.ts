import type { CriterionVerdictValue, Match, MatchResult, MatchVerdict } from "../types.ts";
import type { ReportModel, ReportPart, ReportRequest } from "./report-types.ts";

const VERDICTS: Record<MatchVerdict, [zh: string, en: string]> = {
  eligible: ["符合文字条件", "meets the written conditions"],
  likely: ["可能符合，待确认", "may fit, to be confirmed"],
  "needs-confirmation": ["需确认", "to be confirmed"],
  "not-eligible": ["文字条件不符", "written conditions not met"],
};
const CRITERIA: Record<CriterionVerdictValue, [zh: string, en: string]> = {
  met: ["满足", "met"],
  unmet: ["不满足", "not met"],
  unknown: ["待确认", "to be confirmed"],
};
/** Left-out programs that are named with their reason. */
const MAX_LEFT_OUT = 12;

type Say = (chinese: string, english: string) => string;

/** 一企一策: what is known, what fits with a verdict for every condition, what is open. Nothing that no source says. */
export function composeReport(request: ReportRequest): ReportModel {
  const say: Say = (chinese, english) => (request.language === "zh" ? chinese : english);
  const name = cleanName(request.enterprise.name) ?? say("未命名企业", "Unnamed enterprise");
  const title = say(`${name}政策匹配报告（一企一策）`, `${name}: policy matching report`);
  return {
    title,
    footer: say(`${request.parkName} · ${request.today}`, `${request.parkName} · ${request.today}`),
    parts: [
      { type: "title", text: title },
      ...writeOpening(request, say),
      ...writeProfile(request, say),
      ...writeMatches(request.result, say),
      ...writePackage(request.result, say),
      ...writeNearMisses(request.result, say),
      ...writeQuestions(request, say),
      ...writeLeftOut(request.result, say),
      ...writeSources(request.result, say),
      ...writeClosing(say),
    ],
  };
}

/** Control characters and direction marks of a name would turn the page round. */
function cleanName(name: string | null): string | null {
  const clean = name?.replace(/[\p{Cc}\p{Cf}]/gu, "").trim() ?? "";
  return clean === "" ? null : clean.length > 80 ? `${clean.slice(0, 80)}…` : clean;
}

function writeOpening({ result, enterprise, parkName }: ReportRequest, say: Say): ReportPart[] {
  const { creditCode } = enterprise;
  const statuses = [...new Map(result.matches.map((match) => [match.documentTitle, match.documentStatus]))];
  return [
    {
      type: "paragraph",
      text: say(
        `编制：${parkName}　判定日：${result.asOf}${creditCode ? `　统一社会信用代码：${creditCode}` : ""}`,
        `By ${parkName}. As of ${result.asOf}.${creditCode ? ` Credit code: ${creditCode}.` : ""}`,
      ),
    },
    ...statuses.map(
      ([title, status]): ReportPart => ({
        type: "paragraph",
        tone: "note",
        text: say(
          `所依据的《${title}》状态：${status}。${isDraft(status) ? "征求意见稿无法律效力，以正式印发文件为准。" : ""}`,
          `《${title}》: ${status}. ${isDraft(status) ? "A draft for comments has no legal force; the issued text counts." : ""}`,
        ),
      }),
    ),
  ];
}

function isDraft(status: string): boolean {
  return status.includes("征求意见") || status.includes("送审");
}

function writeProfile({ profileRows }: ReportRequest, say: Say): ReportPart[] {
  const heading: ReportPart = { type: "heading", level: 1, text: say("一、企业情况", "1. The enterprise") };
  if (profileRows.length === 0) {
    return [
      heading,
      { type: "paragraph", text: say("尚未提供企业情况。", "Nothing has been provided yet.") },
    ];
  }
  return [
    heading,
    {
      type: "table",
      head: [say("项目", "Item"), say("内容", "Value"), say("来源与有效期", "Source and validity")],
      rows: profileRows.map(({ label, value, note }) => [label, value, note ?? ""]),
      widths: [0.22, 0.4, 0.38],
    },
  ];
}

function writeMatches({ matches, outside }: MatchResult, say: Say): ReportPart[] {
  const heading: ReportPart = { type: "heading", level: 1, text: say("二、推荐项目", "2. Programs") };
  const opening: ReportPart[] = outside ? [{ type: "paragraph", tone: "strong", text: outside.why }] : [];
  if (matches.length === 0 && opening.length === 0) {
    opening.push({
      type: "paragraph",
      text: say(
        "暂无可推荐的项目，请先补充情况。",
        "No program can be recommended yet; more facts are needed.",
      ),
    });
  }
  return [heading, ...opening, ...matches.flatMap((match, index) => writeMatch(match, index + 1, say))];
}

function writeMatch(match: Match, rank: number, say: Say): ReportPart[] {
  const verdict = describeVerdict(match, say);
  return [
    { type: "heading", level: 2, text: `${rank}. ${match.name}（${match.programId}）` },
    {
      type: "paragraph",
      tone: "strong",
      text: say(
        `判定：${verdict}　类别：${match.kind}　状态：${match.programStatus}（${match.documentStatus}）`,
        `Verdict: ${verdict}. Kind: ${match.kind}. State: ${match.programStatus} (${match.documentStatus}).`,
      ),
    },
    ...writeCriteria(match, say),
    {
      type: "list",
      items: pickQuotes(match).map(({ section, quote }) =>
        say(`原文（${section}）：“${quote}”`, `Text (${section}): “${quote}”`),
      ),
    },
    ...(match.notStated.length > 0
      ? [
          {
            type: "paragraph" as const,
            text: say(
              `文件未载明：${match.notStated.join("、")}。`,
              `Not stated: ${match.notStated.join("、")}.`,
            ),
          },
        ]
      : []),
    ...match.cautions.map(
      (caution): ReportPart => ({
        type: "paragraph",
        tone: "note",
        text: say(`请注意：${caution}`, `Note: ${caution}`),
      }),
    ),
    { type: "paragraph", text: say(`下一步：${match.nextStep}`, `Next step: ${match.nextStep}`) },
  ];
}

/** A quote within a longer one of the same clause says nothing more. */
function pickQuotes({ quotes }: Match): Match["quotes"] {
  return quotes.filter(
    (one, index) =>
      !quotes.some(
        (other, at) =>
          at !== index &&
          other.section === one.section &&
          other.quote.includes(one.quote) &&
          (other.quote.length > one.quote.length || at < index),
      ),
  );
}

function describeVerdict({ verdict, unconditional }: Match, say: Say): string {
  if (unconditional && verdict !== "not-eligible")
    return say("文中未写条件，需确认", "no condition stated, to be confirmed");
  return say(...VERDICTS[verdict]);
}

function writeCriteria({ criteria }: Match, say: Say): ReportPart[] {
  if (criteria.length === 0) return [];
  return [
    {
      type: "table",
      head: [
        say("条件", "Condition"),
        say("贵企业", "Yours"),
        say("要求", "Required"),
        say("判定", "Verdict"),
        say("依据", "Clause"),
      ],
      rows: criteria.map(({ text, observed, threshold, verdict, section, metFrom, shortBy, quote }) => [
        text,
        observed ?? say("未提供", "not given"),
        threshold ?? say("见原文", "see text"),
        [
          say(...CRITERIA[verdict]),
          ...(metFrom ? [say(`${metFrom} 起满足`, `from ${metFrom}`)] : []),
          ...(shortBy ? [shortBy] : []),
        ].join("\n"),
        `${section}：“${quote}”`,
      ]),
      widths: [0.26, 0.16, 0.16, 0.14, 0.28],
    },
  ];
}

function writePackage({ package: pack }: MatchResult, say: Say): ReportPart[] {
  if (!pack) return [];
  return [
    { type: "heading", level: 1, text: say("三、组合建议", "3. Package") },
    {
      type: "table",
      head: [say("次序", "Order"), say("作用", "Role"), say("项目", "Program"), say("理由", "Why")],
      rows: pack.parts.map(({ order, role, name, programId, why }) => [
        String(order),
        role,
        `${name}（${programId}）`,
        why,
      ]),
      widths: [0.1, 0.16, 0.34, 0.4],
    },
    ...pack.exclusions.map(
      ({ between, why }): ReportPart => ({
        type: "paragraph",
        tone: "note",
        text: `${between.join(" / ")}：${why}`,
      }),
    ),
  ];
}

function writeNearMisses({ nearMisses }: MatchResult, say: Say): ReportPart[] {
  if (nearMisses.length === 0) return [];
  return [
    { type: "heading", level: 1, text: say("接近满足的项目", "Nearly met") },
    {
      type: "list",
      items: nearMisses.map(({ match, missing, metFrom }) => {
        const gaps = missing
          .map(({ text, shortBy }) => `${text}${shortBy ? `（${shortBy}）` : ""}`)
          .join("；");
        const when = metFrom ? say(`，${metFrom} 起可满足`, `, from ${metFrom}`) : "";
        return `${match.name}（${match.programId}）：${gaps}${when}`;
      }),
    },
  ];
}

function writeQuestions({ result, nameOfField }: ReportRequest, say: Say): ReportPart[] {
  const open = new Map<string, string[]>();
  for (const match of result.matches)
    for (const { missing } of match.criteria)
      for (const field of missing) open.set(field, [...(open.get(field) ?? []), match.programId]);
  const asked = result.ask.map(({ question, why }) => `${question}（${why}）`);
  const others = [...open]
    .filter(([field]) => !result.ask.some((one) => one.field === field))
    .map(([field, programs]) => `${nameOfField(field)}：${[...new Set(programs)].join("、")}`);
  const persons = result.matches.flatMap((match) =>
    match.criteria
      .filter(({ verdict, missing }) => verdict === "unknown" && missing.length === 0)
      .map(({ text }) => `${match.programId} ${text}${say("（须由人员核实）", " (a person decides)")}`),
  );
  const items = [...asked, ...others, ...persons];
  if (items.length === 0) return [];
  return [
    { type: "heading", level: 1, text: say("待补充和待核实", "Open questions") },
    { type: "list", items },
  ];
}

function writeLeftOut({ leftOut, withheld }: MatchResult, say: Say): ReportPart[] {
  const items = [
    ...leftOut
      .filter(({ verdict }) => verdict === "not-eligible")
      .slice(0, MAX_LEFT_OUT)
      .map(({ programId, name, why }) => `${name}（${programId}）：${why}`),
    ...withheld.map(({ programId, name, why }) => `${name}（${programId}）：${why}`),
  ];
  if (items.length === 0) return [];
  return [
    { type: "heading", level: 1, text: say("未列入的项目及原因", "Left out, and why") },
    { type: "list", items },
  ];
}

function writeSources({ matches }: MatchResult, say: Say): ReportPart[] {
  const sections = new Map<string, Set<string>>();
  for (const { documentTitle, quotes } of matches) {
    const known = sections.get(documentTitle) ?? new Set();
    for (const { section } of quotes) known.add(section);
    sections.set(documentTitle, known);
  }
  if (sections.size === 0) return [];
  return [
    { type: "heading", level: 1, text: say("出处", "Sources") },
    { type: "list", items: [...sections].map(([title, known]) => `《${title}》${[...known].join("、")}`) },
  ];
}

function writeClosing(say: Say): ReportPart[] {
  return [
    {
      type: "paragraph",
      tone: "note",
      text: say(
        "本报告只按文件的文字条件逐条比对，不代表认定、批准或资金承诺；企业情况来自企业自述，未经核验。以正式印发文件和主管部门解释为准。",
        "This report compares written conditions only. It is no recognition, approval or promise of funds; facts of the enterprise are its own statement. The issued texts and the competent departments decide.",
      ),
    },
  ];
}
