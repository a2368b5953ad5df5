import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReportRequest } from "../../src/conversation/index.ts";
import { type CatalogueEntry, createMatchEngine } from "../../src/matching/index.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";
import { lexicon } from "../support/catalogue-world.ts";
import { createMatchingWorld, type MatchingWorld } from "../support/matching-world.ts";
import { createStoreOutreach } from "../support/store-outreach.ts";

const source = { section: "第五条", quote: "成立满2年" };
/** An invented program with a condition of time. */
const AGED: CatalogueEntry = {
  program: {
    id: "T01",
    name: "青岚成长资助",
    aliases: ["成长资助"],
    kind: "补贴",
    document: "青岚区成长资助办法",
    audience: null,
    industries: [],
    industryBound: false,
    subjects: [],
    needs: [{ need: "equity-finance", fit: "direct" }],
    state: { state: "明确措施", verb: "给予", source },
    criteria: [
      {
        id: "age",
        text: "成立满2年",
        level: "enterprise",
        mandatory: true,
        test: { field: "founded-on", operator: "age-at-least", value: 2, unit: "年" },
        source,
      },
    ],
    benefits: [],
    notStated: ["申报时间"],
    steps: [],
    materials: [],
    window: null,
    responsibleBody: null,
    excludes: [],
    requires: [],
    stacksWith: [],
    intake: [],
    cautions: [],
  },
  revision: 1,
  documentId: "d1" as DocumentId,
  versionId: "v1" as VersionId,
  documentTitle: "青岚区成长资助办法",
  documentStatus: "现行有效",
  visibility: { kind: "public" },
  quotes: new Map(),
  usable: true,
};

const by = { account: "test:u1", roles: new Set(["staff" as const]) };
const reports: ReportRequest[] = [];
let world: MatchingWorld;

beforeEach(async () => {
  reports.length = 0;
  world = await createMatchingWorld({
    engineFor: async () => createMatchEngine({ entries: [AGED], directions: new Map(), lexicon }),
    entriesFor: async () => [AGED],
    outreach: (storage) => createStoreOutreach(storage.outreach),
    report: async (request) => {
      reports.push(request);
      return [{ name: "一企一策.docx", mediaType: "application/x", bytes: new Uint8Array([1, 2, 3]) }];
    },
  });
  const { enterpriseId } = await world.enterprises.current(by, null, world.clock.now());
  const founded = { kind: "date" as const, from: "2025-03-01", to: "2025-03-02" };
  await world.enterprises.record(
    enterpriseId,
    [{ field: "founded-on", value: founded, period: null, words: "2025年3月1日", correction: false }],
    { kind: "chat", by: by.account, reference: "before" },
    by,
    world.clock.now(),
  );
});
afterEach(() => world.close());

describe("a near miss", () => {
  it("says from which day it holds, and is remembered on that day", async () => {
    const reply = await world.say("u1", "成长资助我们够格吗？");
    expect(reply.headline).toContain("文字条件不符：成立满2年；2027-03-01起满足");
    const reminded = await world.press("u1", reply, "match.remind");
    expect(reminded.headline).toContain("2027-03-01提醒您");
    expect((await world.say("u1", "到时提醒我")).headline).toContain("已经设好");
    const [reminder] = await world.storage.outreach.remindersOf(by.account);
    expect(reminder).toMatchObject({ dueOn: "2027-03-01", state: "waiting" });
    const listed = await world.say("u1", "我的提醒");
    expect(listed.plainText).toContain("青岚成长资助");
    expect((await world.press("u1", listed, "match.cancel-reminder")).headline).toContain("已取消");
    expect((await world.say("u1", "我的提醒")).headline).toContain("目前没有");
  });
});

describe("pushes", () => {
  it("are agreed to with their limits, changed and ended by one tap", async () => {
    const reply = await world.say("u1", "订阅推送");
    expect(reply.headline).toMatch(/每周汇总一次，20:00至次日09:00不打扰，每周不超过5条/);
    await world.say("u1", "每天订阅推送");
    expect(
      (await world.storage.outreach.subscriptionsOf(by.account)).map(({ cadence }) => cadence),
    ).toContain("daily");
    expect((await world.press("u1", reply, "match.unsubscribe")).headline).toContain("已退订");
    expect(await world.storage.outreach.subscriptionsOf(by.account)).toEqual([]);
  });

  it("of one event of the calendar", async () => {
    const reply = await world.say("u1", "最近有什么比赛？");
    expect((await world.press("u1", reply, "match.subscribe-event")).headline).toContain("已订阅");
    const [subscription] = await world.storage.outreach.subscriptionsOf(by.account);
    expect(subscription).toMatchObject({ kind: "event" });
    expect((await world.say("u1", "订阅赛事 没有这个赛事")).headline).toContain("没有这一项");
  });
});

describe("the report", () => {
  it("comes as files that are theirs", async () => {
    const reply = await world.say("u1", "一企一策报告");
    const file = reply.blocks.find((block) => block.type === "file");
    expect(file?.name).toBe("一企一策.docx");
    expect(reports).toHaveLength(1);
    const stored = file && (await world.storage.enterprises.getFile(file.fileId));
    expect(stored?.account).toBe(by.account);
    expect(stored?.enterpriseId).toBe(reports[0]?.enterprise.enterpriseId);
    expect((await world.say("u2", "一企一策报告")).headline).toContain("还没有企业资料");
  });
});
