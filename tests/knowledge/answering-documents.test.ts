import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Audience, Role } from "../../src/access/index.ts";
import type { Answer, AnswerRequest } from "../../src/answering/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import {
  createCountingIds,
  createManualClock,
  type DocumentId,
  silentLogger,
} from "../../src/shared/index.ts";

/** Invented documents that say something of one another. */
const RULES = `青岚区创新券管理办法

青科规〔2024〕3号

第一条 为支持企业使用科技服务，制定本办法。
第二条 每家企业每年最高申领创新券12万元。
第三条 本办法自2024年1月1日起施行，有效期至2025年12月31日。
`;
const RULES_CHANGED = RULES.replace("12万元", "18万元");
const EXTENSION = `青岚区科学技术局关于延长《青岚区创新券管理办法》有效期的通知

青科规〔2025〕9号

各有关单位：
《青岚区创新券管理办法》（青科规〔2024〕3号）有效期延长至2027年12月31日。
特此通知。

青岚区科学技术局
2025年12月1日
`;
const INTERNAL = `青岚区招商底价工作手册

第一条 招商底价由青岚区招商办掌握，厂房租金底价为每平方米每天0.8元。
`;

let data: string;
let app: Application;
let rulesId: DocumentId;

const roles = (...names: Role[]) => new Set<Role>(["staff", ...names]);
const direct = (...names: Role[]): Audience => ({
  account: "feishu:ou_1",
  roles: roles(...names),
  chatKind: "direct",
  chat: "feishu:oc_p2p",
});

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-answering-"));
  app = await openApplication(readConfig({}, { data }), {
    mode: "write",
    clock: createManualClock(new Date("2026-11-23T04:00:00Z")).now,
    ids: createCountingIds(),
    logger: silentLogger,
  });
  const ingest = async (name: string, text: string, publish = true) => {
    await writeFile(join(data, name), text);
    return app.knowledge.ingestFile(join(data, name), { publish });
  };
  rulesId = (await ingest("rules.txt", RULES)).documentId;
  await ingest("extension.txt", EXTENSION);
  const { documentId } = await ingest("internal.txt", INTERNAL);
  const by = { actor: "cli:test" };
  await app.storage.knowledge.setVisibility(documentId, { kind: "internal" }, new Date(), by);
  await app.retriever.refresh();
});

afterAll(async () => {
  await app.close();
  await rm(data, { recursive: true });
});

const ask = (question: string, more: Partial<AnswerRequest> = {}): Promise<Answer> =>
  app.answerer.answerQuestion({ question, ...more });

describe("who may learn of a document", () => {
  const question = "厂房租金底价是每平方米每天多少";

  it("is decided before the search: the public does not see it, nor does a group where an administrator asks", async () => {
    const inGroup: Audience = { ...direct("admin"), chatKind: "group", chat: "feishu:oc_group" };
    for (const audience of [undefined, direct(), inGroup]) {
      const answer = await ask(question, audience ? { audience } : {});
      expect(answer.kind).not.toBe("answered");
      expect(JSON.stringify(answer)).not.toContain("0.8元");
      expect(JSON.stringify(answer)).not.toContain("招商底价工作手册");
    }
  });

  it("lets a specialist know in a direct chat, without an open link", async () => {
    const answer = await ask(question, { audience: direct("specialist") });
    expect(answer.citations[0]).toMatchObject({ restricted: true });
    expect(answer.citations[0]?.quote).toContain("0.8元");
  });
});

describe("documents that change one another", () => {
  it("answers with the extended validity, cited from the notice that extended it", async () => {
    const answer = await ask("青岚区创新券管理办法有效期到什么时候", { documentId: rulesId });
    expect(answer.conclusion).toContain("2027-12-31");
    expect(answer.citations[0]?.title).toContain("延长");
    expect(answer.citations[0]?.quote).toContain("2027年12月31日");
  });

  it("calls the rules valid after their printed end, and says why", async () => {
    const answer = await ask("青岚区创新券每家企业每年最高多少");
    expect(answer.citations[0]).toMatchObject({ documentId: rulesId, status: "现行有效" });
    expect(answer.notices.join("\n")).toContain("延长至2027-12-31");
  });

  it("says which links of the chain are missing, where something is not stated", async () => {
    const answer = await ask("天使投资引导基金最高能投多少钱");
    expect(answer.notices.join("\n")).toContain("库内未收录");
  });
});

describe("the preview of a publication", () => {
  it("answers from the candidate without publishing it", async () => {
    await writeFile(join(data, "rules.txt"), RULES_CHANGED);
    const draft = await app.knowledge.ingestFile(join(data, "rules.txt"));
    expect(draft.documentId).toBe(rulesId);
    const published = await app.knowledge.listPublished();
    const preview = new Set(
      published.map((each) => (each.documentId === rulesId ? draft.versionId : each.versionId)),
    );
    const question = "青岚区创新券每家企业每年最高多少";
    const after = await ask(question, { preview });
    expect(after.citations[0]?.quote).toContain("18万元");
    expect(after.citations[0]?.versionId).toBe(draft.versionId);
    expect((await ask(question)).citations[0]?.quote).toContain("12万元");
  });
});

describe("a frequently asked question", () => {
  const entry = {
    questions: ["创新券一年能领多少", "创新券每年额度是多少"],
    answer: "每家企业每年最高申领12万元。",
    validUntil: null,
    owner: "青岚区科技局",
  };

  async function publish(quote: string): Promise<string> {
    const sources = [{ documentId: rulesId, section: "第二条", quote }];
    const faqId = `faq-${quote.includes("99") ? "gone" : "stands"}`;
    const by = { actor: "cli:test" };
    const at = new Date("2026-11-23T04:00:00Z");
    const { revision } = await app.storage.faq.saveDraft(faqId, { ...entry, sources }, at, by);
    const proposal = { proposalId: `p-${faqId}`, kind: "faq-publish", faqId, faqRevision: revision } as const;
    const rest = { documentId: null, versionId: null, proposedBy: "cli:a", reason: null, impact: null };
    await app.storage.workflow.openProposal({ ...proposal, ...rest }, at, by);
    await app.storage.workflow.decideProposal(
      proposal.proposalId,
      { state: "approved", by: "cli:b" },
      at,
      by,
    );
    return faqId;
  }

  it("is answered before the search, in any of its wordings, with its source", async () => {
    const faqId = await publish("每家企业每年最高申领创新券12万元。");
    for (const question of ["请问创新券一年能领多少？", "创新券每年额度是多少"]) {
      const answer = await ask(question);
      expect(answer).toMatchObject({ kind: "answered", faqId, conclusion: entry.answer });
      expect(answer.citations[0]).toMatchObject({ section: "第二条", documentId: rulesId });
    }
  });

  it("leaves other questions to the search", async () => {
    for (const question of [
      "创新券怎么申领",
      "创新券一年不能领多少",
      "创新券三年能领多少",
      "人才公寓一年能领多少",
    ])
      expect((await ask(question)).faqId).toBeUndefined();
  });

  it("is silent when its source is not in the published text", async () => {
    const faqId = await publish("每家企业每年最高申领创新券99万元。");
    const answers = await Promise.all(entry.questions.map((question) => ask(question)));
    for (const answer of answers) expect(answer.faqId).not.toBe(faqId);
  });
});
