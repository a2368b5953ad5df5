import type { Profile, ProfileLexicon, ReadingProblem, Understanding } from "../../enterprises/index.ts";
import type { MatchResult, NextQuestion } from "../../matching/index.ts";
import type { CitationUrl } from "../render-answer.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import { type Language, say } from "./matching-parts.ts";
import { writeDocuments } from "./write-documents.ts";
import { writeDoubts, writeKnown } from "./write-known.ts";
import { writeNearMisses } from "./write-near-misses.ts";
import { describeVerdict, toProgramBlock } from "./write-program.ts";
import { writeEnough, writeQuestions } from "./write-questions.ts";

/** 查看依据 shows so many. */
export const TOP_PROGRAMS = 3;

export interface ResultView {
  profile: Profile;
  result: MatchResult;
  /** Of the message that led here. */
  problems: readonly ReadingProblem[];
  /** What is asked now; the dialogue's limit may have left some out. */
  ask: readonly NextQuestion[];
  lexicon: ProfileLexicon;
  language: Language;
  citationUrl?: CitationUrl | undefined;
  /** Shown before in this dialogue: what is known was said then, and what has changed is said now. */
  before?: readonly string[];
  /** Said before the result: 已记下 …, 已更正 …. */
  opening?: string;
}

/** What was understood, the programs, their documents' status, what is not stated, what is asked, what can be done. */
export function writeResult(view: ResultView): Reply {
  const { profile, result, problems, lexicon, language, opening, before = [] } = view;
  const isFirst = before.length === 0;
  const known = isFirst ? writeKnown(profile, lexicon, language) : [];
  const heading = say(
    language,
    "已了解的情况（有误请直接说，例如“人数改成50”）",
    "What I understood (to correct, just say so)",
  );
  const changes = isFirst ? "" : writeChanges(before, result, language);
  const headline = [opening, writeHeadline(result, language), changes]
    .filter((part) => part !== undefined && part !== "")
    .join(say(language, "", " "));
  return toMatchReply("match", language, headline, [
    ...(known.length > 0 ? [{ type: "heading" as const, text: heading }, ...known] : []),
    ...writeDoubts(profile, problems, lexicon, language),
    ...writePrograms(view),
    ...writeNearMisses(result.nearMisses, language),
    ...writeDocuments(result.matches, language),
    ...writeAsking(view),
    { type: "actions", actions: writeActions(result, language, known.length > 0 && isUnsure(profile)) },
  ]);
}

/** Where nothing of it is shown, nothing can be confirmed by “all of the above”. */
function isUnsure({ facts }: Profile): boolean {
  return [...facts.values()].some(({ confirmed, value }) => !confirmed && value.kind !== "declined");
}

function writeHeadline({ matches, outside, ask }: MatchResult, language: Language): string {
  if (outside) return outside.why;
  if (matches.length === 0 && ask.length > 0) {
    return say(
      language,
      "目前了解的情况还不足以比对，请再补充一两项。",
      "Too little is known yet to compare; please add a fact or two.",
    );
  }
  if (matches.length === 0) {
    return say(
      language,
      "在已收录的文件中，没有找到与贵企业情况直接对应的项目。",
      "None of the published documents has a program that answers to your company's situation.",
    );
  }
  const counts = new Map<string, number>();
  for (const match of matches) {
    const label = describeVerdict(match, language);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const parts = [...counts].map(([label, count]) =>
    say(language, `${label} ${count} 个`, `${count} ${label}`),
  );
  return say(
    language,
    `找到 ${matches.length} 个相关项目：${parts.join("；")}。`,
    `${matches.length} programs found: ${parts.join("; ")}.`,
  );
}

/** What an answer has done to the list. */
function writeChanges(
  before: readonly string[],
  { matches, leftOut, nearMisses }: MatchResult,
  language: Language,
): string {
  const added = matches.filter(({ programId }) => !before.includes(programId)).map(({ name }) => name);
  const names = new Map(
    [...leftOut, ...nearMisses.map(({ match }) => match)].map((one) => [one.programId, one.name]),
  );
  const gone = before.flatMap((id) => {
    const name = matches.some(({ programId }) => programId === id) ? undefined : names.get(id);
    return name === undefined ? [] : [name];
  });
  const separator = say(language, "、", ", ");
  return [
    ...(added.length > 0
      ? [say(language, `新增：${added.join(separator)}。`, `New: ${added.join(separator)}.`)]
      : []),
    ...(gone.length > 0
      ? [say(language, `不再列出：${gone.join(separator)}。`, `Gone: ${gone.join(separator)}.`)]
      : []),
  ].join(say(language, "", " "));
}

function writePrograms({ result, language, citationUrl }: ResultView): ReplyBlock[] {
  if (result.matches.length === 0) return [];
  const mayServe = new Set(result.outside?.mayServe ?? []);
  const blocks = result.matches.map((match, index) =>
    toProgramBlock(match, { rank: index + 1, compact: true, language, citationUrl }),
  );
  const title =
    mayServe.size > 0 || result.outside
      ? say(language, "仍可能用得上", "What might still serve")
      : say(language, "相关项目", "Programs");
  const unstated = [...new Set(result.matches.slice(0, TOP_PROGRAMS).flatMap(({ notStated }) => notStated))];
  return [
    { type: "heading", text: title },
    ...blocks,
    ...(unstated.length > 0
      ? [
          {
            type: "list" as const,
            title: say(language, "文件未载明", "Not stated in the documents"),
            items: result.matches
              .slice(0, TOP_PROGRAMS)
              .filter(({ notStated }) => notStated.length > 0)
              .map(({ programId, notStated }) => `${programId}：${notStated.join("、")}`),
            role: "not-stated" as const,
          },
        ]
      : []),
  ];
}

function writeAsking({ ask, result, profile, lexicon, language }: ResultView): ReplyBlock[] {
  if (ask.length > 0) return writeQuestions(ask, lexicon, language);
  return profile.facts.size > 0 ? [writeEnough(result.ask.length > 0, language)] : [];
}

function writeActions(
  { matches, package: together }: MatchResult,
  language: Language,
  canConfirm: boolean,
): ReplyAction[] {
  const some = matches.length > 0;
  const add = (
    when: boolean,
    name: string,
    chinese: string,
    english: string,
    commandEn: string,
    values = {},
  ) =>
    when
      ? [
          toButton(name, say(language, chinese, english), {
            values,
            command: say(language, chinese, commandEn),
          }),
        ]
      : [];
  const [first] = matches;
  return [
    ...add(some, "basis", "查看依据", "Show the basis", "basis", {
      program: matches
        .slice(0, TOP_PROGRAMS)
        .map(({ programId }) => programId)
        .join(","),
    }),
    ...add(true, "form", "补充信息", "Add information", "form"),
    ...add(true, "corrections", "更正", "Correct", "correct"),
    ...add(canConfirm, "confirm", "以上都对", "All correct", "confirm"),
    ...add(some, "why", "为什么推荐这个", "Why this", "why this", { program: first?.programId ?? "" }),
    ...add(together !== null, "package", "组合建议", "Package", "package"),
    ...add(some, "report", "一企一策报告", "Report", "report"),
    ...add(true, "specialist", "找专员", "Find a specialist", "specialist"),
    ...add(true, "subscribe", "订阅推送", "Subscribe", "subscribe", { cadence: "weekly" }),
  ];
}

/** Nothing is known yet: what to tell, with an example. */
export function writeStart(
  ask: readonly NextQuestion[],
  problems: readonly ReadingProblem[],
  lexicon: ProfileLexicon,
  language: Language,
): Reply {
  const headline = say(
    language,
    "请先用一两句话说说贵企业的情况，就能逐项比对文件里的条件。",
    "Tell me a little about your company first, and I compare it with the written conditions.",
  );
  return toMatchReply("match", language, headline, [
    ...problems.map(({ message }) => ({ type: "notice" as const, text: message })),
    {
      type: "list",
      title: say(language, "例如：", "For example:"),
      items: [
        say(
          language,
          "我们做新能源车热管理零件的，三百来人，去年四个多亿，想扩产",
          "We make thermal parts for electric cars, 300 people, and want more space",
        ),
      ],
      role: "examples",
    },
    ...writeQuestions(ask, lexicon, language),
    {
      type: "actions",
      actions: [
        toButton("form", say(language, "填表", "Form"), { command: say(language, "补充信息", "form") }),
      ],
    },
  ]);
}

/** For the command line: the result of one request, without anything to press. */
export function writeMatchReply(
  {
    understood,
    profile,
    result,
  }: { understood: Pick<Understanding, "problems">; profile: Profile; result: MatchResult },
  lexicon: ProfileLexicon,
  { language = "zh", citationUrl }: { language?: Language; citationUrl?: CitationUrl } = {},
): Reply {
  const { problems } = understood;
  if (profile.facts.size === 0) return withoutActions(writeStart(result.ask, problems, lexicon, language));
  return withoutActions(
    writeResult({ profile, result, problems, ask: result.ask, lexicon, language, citationUrl }),
  );
}

function withoutActions(reply: Reply): Reply {
  const blocks = reply.blocks.filter(({ type }) => type !== "actions");
  return toMatchReply(reply.kind, reply.language, reply.headline, blocks);
}
