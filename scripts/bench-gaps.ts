/**
 * How the list of unanswered questions grows; every question here is generated:
 *   node scripts/bench-gaps.ts [--turns 100000] [--matters 1500]
 * The floor of the same run: the same turns read and nothing done with them. Wordings whose gap is mostly of
 * their own thing and aspect are told as a share; sorts (进口, 国产) may be joined.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createCountingIds } from "../src/shared/index.ts";
import { openStorage, type TurnRecord } from "../src/storage/index.ts";
import { createGapDesk } from "../src/triage/index.ts";
import { describeCost, describeLoad, measure } from "./bench-ingest/meter.ts";

const { values } = parseArgs({
  options: {
    turns: { type: "string", default: "100000" },
    matters: { type: "string", default: "1500" },
    show: { type: "boolean", default: false },
  },
});
const turnCount = Number(values.turns);
const matterCount = Number(values.matters);

const THINGS =
  "班车 食堂 停车位 充电桩 幼儿园 健身房 会议室 冷库 动物房 洁净车间 实验室 中试平台 厂房 宿舍 人才公寓 光伏 储能 氢能车 加氢站 机器人 大模型 芯片 传感器 疫苗 抗体 试剂 敷料 香水 防晒霜 面膜 口红 新原料 特殊化妆品 医疗器械 软著 商标 专利 贴息 担保 股权激励 上市 展会 出口 报关 退税 社保 公积金 落户 签证 职称 培训 招聘 实习 博士后 院士站 工程中心 技术合同 小巨人 独角兽 高企 绿色工厂 智能工厂 首台套 技改 数据出境 等保 环评 能评 消防 污水 危化品 垃圾 路灯".split(
    " ",
  );
const SORTS =
  " 进口 国产 外资 小微 初创 二手 跨境 夜间 周末 异地 境外 联合 共享 临时 定制 公共 高端 军工 海洋 车载".split(
    " ",
  );
const ASKED: readonly (readonly string[])[] = [
  ["{}补贴多少", "{}有多少补助", "想问下{}能补多少钱", "请问{}的补贴金额是多少？"],
  ["{}什么时候申报", "{}的申报时间", "请问{}哪天截止", "咨询一下{}何时可以报"],
  ["{}怎么办理", "{}的办理流程", "{}要走什么手续呀", "您好，{}如何办？"],
  ["{}要什么条件", "{}有哪些要求", "做{}需要符合什么条件", "{}的门槛"],
  ["{}找哪个部门", "{}联系谁", "{}的联系电话", "麻烦问下{}谁负责"],
];

function* draw(seed: number): Generator<number, never> {
  let state = seed;
  while (true) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

const random = draw(20261123);
const next = (below: number) => Math.floor((random.next().value ?? 0) * below);

const labels = new Map<string, string>();

function makeTurn(index: number): { turn: TurnRecord; question: number } {
  // Few questions are asked often.
  const question = Math.floor(matterCount * (random.next().value ?? 0) ** 2.5);
  const thing = THINGS[question % THINGS.length] ?? "";
  const sort = SORTS[Math.floor(question / THINGS.length) % SORTS.length] ?? "";
  const asked = ASKED[question % ASKED.length] ?? [];
  const text = (asked[next(asked.length)] ?? "").replace("{}", `${sort}${thing}`);
  // How it is done and who is asked about it count as one, as they do in the list.
  labels.set(text, `${thing}/${question % ASKED.length === 4 ? 2 : question % ASKED.length}`);
  const kind = next(10) === 0 ? "answered-otherwise" : "not-in-documents";
  const userId = `ou_${next(5000)}`;
  const turn: TurnRecord = {
    turnId: `turn-${index}`,
    sessionKey: `feishu/chat/${userId}/`,
    channel: "feishu",
    messageKey: `message-${index}`,
    question: text,
    resolvedQuestion: text,
    answer: { kind, notStated: [] },
    at: new Date(Date.parse("2026-01-01T00:00:00Z") + index * 60_000).toISOString(),
    asker: { channel: "feishu", userId },
  };
  return { turn, question };
}

const made = Array.from({ length: turnCount }, (_, index) => makeTurn(index));
const eachTurnSince = async (
  since: Date,
  size: number,
  onBatch: (batch: TurnRecord[]) => void | Promise<void>,
) => {
  const from = made.findIndex(({ turn }) => Date.parse(turn.at) >= since.getTime());
  for (let at = from; at >= 0 && at < made.length; at += size) {
    await onBatch(made.slice(at, at + size).map(({ turn }) => turn));
  }
};

/** Share of the kept wordings, by count, that are of the thing and aspect that most of their gap are of. */
function sharePure(gaps: readonly { wordings: unknown }[]): number {
  let [pure, all] = [0, 0];
  for (const { wordings } of gaps) {
    const counts = new Map<string, number>();
    for (const { text, count } of (wordings as { wordings: { text: string; count: number }[] }).wordings) {
      const label = labels.get(text) ?? text;
      counts.set(label, (counts.get(label) ?? 0) + count);
      all += count;
    }
    pure += Math.max(0, ...counts.values());
    if (values.show && counts.size > 1)
      console.log([...counts].map(([label, count]) => `${label} ${count}`).join(", "));
  }
  return pure / all;
}

const directory = await mkdtemp(join(tmpdir(), "xiance-bench-"));
const storage = await openStorage({ dataDirectory: directory });
try {
  const floor = await measure(() => eachTurnSince(new Date(0), 500, () => undefined));
  const end = new Date(Date.parse("2026-01-01T00:00:00Z") + turnCount * 60_000);
  const options = { turns: { eachTurnSince }, store: storage.tickets, clock: () => end };
  const desk = createGapDesk({ ...options, ids: createCountingIds("gap") });
  const all = await measure(() => desk.collect(end));
  const again = await measure(() => desk.collect(end));
  const started = createGapDesk({ ...options, ids: createCountingIds("other") });
  const restarted = await measure(() => started.collect(end));
  const gaps = await storage.tickets.gaps();
  const questions = new Set(made.map(({ question }) => question)).size;
  console.log(`只读: ${describeCost(floor.cost)}`);
  console.log(`${turnCount} 轮归并: ${describeCost(all.cost)}，${describeLoad()}`);
  console.log(`再来一次: ${describeCost(again.cost)}`);
  console.log(`重启之后: ${describeCost(restarted.cost)}`);
  console.log(`措辞与所在组多数一致: ${(100 * sharePure(gaps)).toFixed(1)}%`);
  if (values.show)
    for (const { question, wordings } of gaps.slice(0, 12))
      console.log(question, JSON.stringify(wordings).slice(0, 600));
  console.log(`${questions} 个问题归为 ${gaps.length} 组`);
} finally {
  await storage.close();
  await rm(directory, { recursive: true, force: true });
}
