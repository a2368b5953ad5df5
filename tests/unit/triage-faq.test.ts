import { describe, expect, test } from "vitest";
import { draftFaqFrom, type FaqDraftOptions } from "../../src/triage/faq/draft-faq-from.ts";
import { rewriteQuestion } from "../../src/triage/faq/rewrite-question.ts";
import type { DraftAnswer, Ticket, TicketEvent } from "../../src/triage/types.ts";
import { task, ticket } from "../support/figure-tickets.ts";

const QUOTE = "对符合条件的企业给予最高200万元的贷款贴息支持。";
const draft: DraftAnswer = {
  kind: "partial",
  text: "",
  citations: [
    { documentId: "plan", title: "示例方案", status: "征求意见稿", section: "三、（一）", quote: QUOTE },
    { documentId: "plan", title: "示例方案", status: "征求意见稿", section: "三、（一）", quote: QUOTE },
  ],
  notStated: [],
};
const options: FaqDraftOptions = { departmentNames: { science: "区科委", finance: "区财政局" } };

let sequence = 0;
function event(kind: TicketEvent["kind"], text: string, more: Partial<TicketEvent> = {}): TicketEvent {
  sequence += 1;
  return {
    sequence,
    at: "2026-11-16T02:00:00.000Z",
    by: "feishu:ou_specialist",
    byName: "周若谷",
    kind,
    taskId: kind === "asker-said" ? null : "t1",
    text,
    files: [],
    key: `key-${sequence}`,
    details: {},
    ...more,
  };
}

function closed(more: Partial<Ticket> = {}): Ticket {
  return ticket({ status: "已办结", text: "您好，请问中试基地怎么申请？", draft, ...more });
}

/** A draft, or the test ends here. */
function drafted(given: Ticket, events: readonly TicketEvent[]) {
  const outcome = draftFaqFrom(given, events, options);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome;
}

describe("the question", () => {
  test.each([
    [
      "您好，我是上海恒远生物科技有限公司的张经理，我们想咨询一下中试基地怎么申请？我的电话13812345678，谢谢！",
      "中试基地怎么申请？",
    ],
    ["老师好！请问专精特新企业贷款贴息是多少呀？急，在线等", "专精特新企业贷款贴息是多少？"],
    ["领导您好，打扰了，我想问一下：落户要几年社保，需要什么材料？盼复", "落户要几年社保，需要什么材料？"],
    ["我们的设备是进口的。那能补贴吗？", "企业的设备是进口的；那能补贴吗？"],
    [
      "麻烦帮忙看看，我司研发费用加计扣除能不能和贴息一起享受。",
      "企业研发费用加计扣除能不能和贴息一起享受？",
    ],
    ["想找专员对接天使基金", "想找专员对接天使基金，应当如何办理？"],
    [
      "Hello, we are ABC Biotech Co., Ltd. How can we apply for the angel fund? Contact: John Smith, john@example.com",
      "How can we apply for the angel fund?",
    ],
  ])("%s", (text, question) => {
    expect(rewriteQuestion(text).question).toBe(question);
  });

  test.each(["你好", "我叫王小明，电话13812345678", "谢谢！", "13812345678"])(
    "nothing is left of: %s",
    (text) => {
      expect(rewriteQuestion(text).question).toBe("");
    },
  );
});

describe("the answer", () => {
  test("is what a person said last, with its sources and the department's name", () => {
    const faq = drafted(closed(), [
      event("replied", "请先看看官网。"),
      event("asker-said", "官网没有写"),
      event(
        "replied",
        "您好！中试基地需向园区提交申请表，由园区安排评估。\n如有疑问请致电021-57412345。\n奉贤区科委 周若谷",
      ),
      event("replied", "不客气！"),
    ]);
    expect(faq.question).toBe("中试基地怎么申请？");
    expect(faq.answer).toBe("中试基地需向园区提交申请表，由园区安排评估。");
    expect(faq.sources).toEqual([{ documentId: "plan", section: "三、（一）", quote: QUOTE }]);
    expect(faq.owner).toBe("区科委");
  });

  test("what adds to the last but one is joined with it", () => {
    const faq = drafted(closed(), [
      event("replied", "需要提交申请表。"),
      event("asker-said", "好的"),
      event("replied", "补充一点，申请表要盖章。"),
    ]);
    expect(faq.answer).toBe("需要提交申请表。\n补充一点，申请表要盖章。");
    expect(faq.cautions.join()).toContain("2 条回复合并");
  });

  test("each department's part is there, and both own it", () => {
    const tasks = [task(), task({ taskId: "t2", department: "finance" })];
    const faq = drafted(closed({ tasks }), [
      event("replied", "向园区提交申请表。"),
      event("replied", "资金按季度拨付。", { taskId: "t2" }),
    ]);
    expect(faq.answer).toBe("向园区提交申请表。\n资金按季度拨付。");
    expect(faq.owner).toBe("区科委、区财政局");
    expect(faq.cautions.join()).toContain("多个事项");
  });

  test("what was taken back is not used", () => {
    const faq = drafted(closed(), [event("replied", "需要提交申请表。"), event("replied", "", { text: "" })]);
    expect(faq.answer).toBe("需要提交申请表。");
  });

  test("names of those who asked and answered go, also without a title", () => {
    const given = closed({
      enterprise: { name: "上海恒远生物科技有限公司", lines: [] },
      contact: "赵若水 13812345678",
      text: "恒远生物怎么申请中试？赵若水问",
    });
    const faq = drafted(given, [
      event("replied", "赵若水您好，恒远生物可以直接申请，周若谷会协助。区科委受理。"),
    ]);
    expect(JSON.stringify(faq)).not.toMatch(/若水|若谷|恒远|138/u);
    expect(faq.answer).toContain("区科委受理");
    expect(faq.cautions.join()).toMatch(/从问题中略去.*企业名称/u);
    expect(faq.cautions.join()).toMatch(/从答复中略去.*姓名/u);
  });
});

describe("cautions", () => {
  const cautionsOf = (text: string, more: Partial<Ticket> = {}) =>
    drafted(closed(more), [event("replied", text)]).cautions.join("\n");

  test.each([
    ["最高可给予200万元贴息，每年3月申报。", "“3月”"],
    ["保证能批下来，放心。", "“保证”、“放心”"],
    ["贵企业的材料齐全，可以申请。", "针对个案（“贵企业”）"],
    ["下周会发布通知。", "“下周”"],
    ["按照文件规定由区科委负责该事项。", "某部门负责"],
  ])("%s", (text, caution) => {
    expect(cautionsOf(text)).toContain(caution);
  });

  test("a figure that the source states is none", () => {
    expect(cautionsOf("可申请最高200 万元的贴息。")).not.toContain("未见于出处");
    expect(cautionsOf("可申请最高２００万元的贴息。")).not.toContain("未见于出处");
    expect(cautionsOf("可申请最高300万元的贴息。")).toContain("“300万元”");
  });

  test("without a source it is said first that it cannot be published", () => {
    const { cautions, sources } = drafted(closed({ draft: null }), [event("replied", "需要提交申请表。")]);
    expect(sources).toEqual([]);
    expect(cautions[0]).toContain("补充之前不能发布");
  });

  test("a draft document and files are named", () => {
    const file = { fileId: "f", name: "表.docx", mediaType: "x", bytes: 1 };
    const { cautions } = drafted(closed(), [event("replied", "见附件表格填写申请。", { files: [file] })]);
    expect(cautions.join()).toContain("征求意见稿");
    expect(cautions.join()).toContain("1 个文件");
  });
});

describe("refused", () => {
  test.each<[string, Ticket, TicketEvent[]]>([
    ["还没有办结", closed({ status: "处理中" }), [event("replied", "需要提交申请表。")]],
    ["已并入另一张", closed({ status: "已合并" }), [event("replied", "需要提交申请表。")]],
    ["撤回", closed({ status: "已撤回" }), [event("replied", "需要提交申请表。")]],
    ["没有可用的人工答复", closed(), [event("asker-said", "有人吗"), event("noted", "内部备注")]],
    ["没有可用的人工答复", closed(), [event("replied", "好的。"), event("replied", "不客气！")]],
    [
      "没有剩下可以普遍回答的问题",
      closed({ text: "你好，我叫王小明" }),
      [event("replied", "需要提交申请表。")],
    ],
  ])("%s", (why, given, events) => {
    expect(draftFaqFrom(given, events, options)).toMatchObject({ refused: expect.stringContaining(why) });
  });

  test("danger is no frequent question", () => {
    const given = closed();
    const classification = { ...given.classification, safety: { kind: "泄漏" as const, words: "漏氨" } };
    expect(draftFaqFrom({ ...given, classification }, [event("replied", "已派人处置。")])).toMatchObject({
      refused: expect.stringContaining("险情"),
    });
  });
});
