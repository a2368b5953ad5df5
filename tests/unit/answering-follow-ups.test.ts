import { describe, expect, it } from "vitest";
import { findAspects } from "../../src/answering/follow-ups/find-aspects.ts";
import { nameTopics } from "../../src/answering/follow-ups/name-topics.ts";
import { outlineDocument, suggestFollowUps } from "../../src/answering/follow-ups/suggest-follow-ups.ts";
import type { Answer } from "../../src/answering/index.ts";
import { type Clause, parseDocument } from "../../src/knowledge/index.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";

const VERSION = "v1" as VersionId;

/** An invented document. */
function build(lines: readonly string[]): ReturnType<typeof parseDocument> {
  return parseDocument(lines.join("\n"), { fileName: "invented.txt" });
}

const PLAN = build([
  "一、产业支持",
  "（一）研发投入补助",
  "支持企业设立研发机构，对新设立的研发机构给予一次性资助。",
  "扩大研发投入规模，申报条件为上年度研发投入达到规定比例，由区科技主管部门负责受理。",
  "（二）创新平台建设",
  "布局建设中试平台，面向初创企业和高校团队开放。",
]);

function answerWith(quote: string, kind: Answer["kind"] = "answered"): Answer {
  const start = PLAN.text.indexOf(quote);
  return {
    kind,
    language: "zh",
    conclusion: "",
    answer: "",
    citations: [
      {
        documentId: "plan" as DocumentId,
        versionId: VERSION,
        title: "方案",
        status: "现行有效",
        section: "",
        heading: [],
        quote,
        start,
        end: start + quote.length,
      },
    ],
    notStated: [],
    nextStep: "",
    notices: [],
    asOf: "2026-11-23",
    engine: "rules",
    resolvedQuestion: "",
    reasons: [],
  };
}

/** Answers as told; by default with the clause that holds the quoted topic. */
function tryWith(answerOf: (question: string) => Pick<Answer, "kind" | "citations">) {
  const asked: string[] = [];
  return {
    asked,
    get: () => undefined,
    ask: async (question: string) => {
      asked.push(question);
      return answerOf(question);
    },
  };
}

function findTopic(question: string): Pick<Answer, "kind" | "citations"> {
  const topic = /“(.+?)”/u.exec(question)?.[1] ?? "";
  const clause =
    PLAN.clauses.find(({ text }) => text.startsWith(topic)) ??
    PLAN.clauses.find(({ heading }) => heading.some((each) => each.includes(topic)));
  return clause ? answerWith(clause.text) : { kind: "not-in-documents", citations: [] };
}

describe("topics", () => {
  it("are headings without numbers, and openings that name a measure", () => {
    expect(nameTopics(PLAN.nodes, PLAN.clauses).map(({ name }) => name)).toEqual([
      "产业支持",
      "研发投入补助",
      "支持企业设立研发机构",
      "扩大研发投入规模",
      "创新平台建设",
    ]);
  });

  it("are what an article's items are asked for by", () => {
    const { nodes, clauses } = build([
      "第一章 总则",
      "第一条 本办法适用于本区。",
      "第二章 申请",
      "第二条 申请人应当具备下列条件：",
      "（一）在本区注册；",
      "（二）有固定场所。",
    ]);
    const [topic] = nameTopics(nodes, clauses).filter(({ asks }) => asks !== undefined);
    expect(topic).toMatchObject({ asks: "申请人应当具备哪些条件？" });
    expect(
      clauses.filter(({ start, end }) => start >= (topic?.start ?? 0) && end <= (topic?.end ?? 0)),
    ).toHaveLength(3);
  });

  it("leave out what names nothing", () => {
    const { nodes, clauses } = build([
      "一、总则",
      "基于区域发展定位，推进产业发展。",
      "以服务企业为主线，开展工作。",
    ]);
    expect(nameTopics(nodes, clauses)).toEqual([]);
  });
});

describe("aspects", () => {
  it("are found beside the quotes and beside what was asked", () => {
    const [quoted] = PLAN.clauses;
    const ids = findAspects(PLAN.clauses, [quoted as Clause], "研发机构有什么补助").map(({ id }) => id);
    expect(ids).toEqual(["conditions", "department", "objects"]);
    expect(findAspects(PLAN.clauses, [], "要符合什么条件，由谁负责").map(({ id }) => id)).toEqual([]);
  });
});

describe("suggestions", () => {
  const outlined = outlineDocument(PLAN.nodes, PLAN.clauses);
  const quote = PLAN.clauses[0]?.text ?? "";

  it("lead to what the same document states, each by its own place", async () => {
    const tried = tryWith(findTopic);
    const questions = await suggestFollowUps(answerWith(quote), "新设立研发机构有资助吗", outlined, tried);
    expect(questions).toEqual([
      "“扩大研发投入规模”要符合什么条件？",
      "“创新平台建设”有哪些内容？",
      "“产业支持”包括哪些部分？",
    ]);
  });

  it.each([
    [
      "is not stated",
      (): Pick<Answer, "kind" | "citations"> => ({ kind: "not-in-documents", citations: [] }),
    ],
    ["is stated in part", (question: string) => ({ ...findTopic(question), kind: "partial" as const })],
    ["points elsewhere", () => answerWith(quote)],
  ])("are not made when the answer %s", async (_case, answerOf) => {
    const questions = await suggestFollowUps(answerWith(quote), "研发", outlined, tryWith(answerOf));
    expect(questions).toEqual([]);
  });

  it("begin, where nothing was found, with what stands nearest", async () => {
    const missed = answerWith(quote, "not-in-documents");
    const [first] = await suggestFollowUps(missed, "房租怎么补", outlined, tryWith(findTopic));
    expect(first).toBe("“支持企业设立研发机构”有哪些举措？");
  });

  it("are not made of a refusal or of small talk", async () => {
    for (const kind of ["refused", "smalltalk", "out-of-scope"] as const) {
      expect(
        await suggestFollowUps(
          { ...answerWith(quote, kind), citations: [] },
          "",
          outlined,
          tryWith(findTopic),
        ),
      ).toEqual([]);
    }
  });

  it("cost few searches", async () => {
    const tried = tryWith(() => ({ kind: "not-in-documents", citations: [] }));
    await suggestFollowUps(answerWith(quote), "研发", outlined, tried);
    expect(tried.asked.length).toBeLessThanOrEqual(4);
  });
});
