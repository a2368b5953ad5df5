import { describe, expect, it } from "vitest";
import { isForMatching } from "../../src/conversation/matching/understand-words.ts";
import { createProfileReader, loadProfileLexicon } from "../../src/enterprises/index.ts";
import { KNOWLEDGE_DIRECTORY } from "../support/program-directory.ts";

const lexicon = await loadProfileLexicon(KNOWLEDGE_DIRECTORY);
const reader = createProfileReader({ lexicon });
/** What a dialogue asks that has just begun. */
const asked = ["industries", "stage", "headcount", "revenue", "needs"];

async function isTaken(text: string): Promise<boolean> {
  const understanding = await reader.read(text, { today: "2026-11-23", asked });
  return isForMatching(text, understanding, { asked, isKnown: true });
}

async function industriesIn(text: string): Promise<unknown> {
  const { facts } = await reader.read(text, { today: "2026-11-23", asked: ["industries"] });
  return facts.find(({ field }) => field === "industries");
}

describe("while a dialogue asks of an enterprise", () => {
  it.each([
    "新增规上企业数量",
    "规上企业总数",
    "高新技术企业数",
    "生物医药产业规模目标",
    "天使轮占比",
    "给我介绍一下三大特色产业",
    "介绍下三大特色产业",
    "给我们讲讲三个重点平台",
    "tell me about the three industries",
  ])("asks of matters: %s", async (text) => expect(await isTaken(text)).toBe(false));

  it.each([
    "我们厂房漏水两个月了没人修，物业不管",
    "电梯坏了两周物业也不来",
    "房东是房地产公司，三个月了不退押金",
    "我们被拖欠货款三百万，天使轮的",
    "隔壁化工厂排放异味，我们受不了",
  ])("a grievance: %s", async (text) => expect(await isTaken(text)).toBe(false));

  it.each([
    "成熟期",
    "三百人",
    "做大数据的",
    "规模以上",
    "介绍一下我们公司：做小核酸药的，50人",
    "我们做漏水检测设备的，50人",
    "我们是做物业的，50人",
    "做不间断电源的，80人",
    "我们做软件，天使轮，20人，货款被拖欠，能申请什么支持？",
  ])("an answer: %s", async (text) => expect(await isTaken(text)).toBe(true));
});

describe("industries", () => {
  it.each([
    "我们厂房漏水两个月了没人修，物业不管",
    "电梯坏了两周物业也不来",
    "投诉物业乱收费",
    "隔壁化工厂排放异味",
  ])("nobody's own in a grievance: %s", async (text) => expect(await industriesIn(text)).toBeUndefined());
  it.each(["我们是做物业的", "我们做投诉管理软件", "我们做漏水检测设备，主要给房地产"])(
    "one's own: %s",
    async (text) => expect(await industriesIn(text)).toBeDefined(),
  );
});
