import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GroundedClause, GroundingProblemKind } from "../../src/answering/grounding/index.ts";

export interface GroundingCase {
  clauses: string;
  statement: string;
  question?: string;
}

export interface FalseCase extends GroundingCase {
  /** One of these problems must be among those found. */
  problem: readonly GroundingProblemKind[];
}

const plansDirectory = join(import.meta.dirname, "../../knowledge/plans");
const planFile = readdirSync(plansDirectory).find((name) => name.endsWith(".txt")) ?? "";
const planLines = readFileSync(join(plansDirectory, planFile), "utf8").split("\n");
const planTitle = planFile.replace(/\.txt$/, "");

/** The one paragraph of the plan that holds these words, with its headings. */
export function planClause(words: string): GroundedClause {
  const index = planLines.findIndex((line) => line.includes(words) && line.length > 40);
  const text = planLines[index]?.trim();
  if (text === undefined) throw new Error(`no paragraph with ${words}`);
  const before = planLines.slice(0, index).map((line) => line.trim());
  const chapter = before.findLast((line) => /^[一二三四]、/.test(line));
  const section = before.findLast((line) => /^（[一二三四五六七]）/.test(line));
  return {
    text,
    title: planTitle,
    heading: [chapter ?? "", section ?? ""].filter((heading) => heading !== ""),
    metadataText: "奉贤区人民政府 征求意见稿 2024年4月26日",
  };
}

export const planParagraphs = planLines.map((line) => line.trim()).filter((line) => line.length > 40);

/** An invented measure of an invented district, for what the plan does not have: amounts, periods, phones, bans. */
const INVENTED: Readonly<Record<string, string>> = {
  对象: "第三条 创新券支持对象为在本区注册、具有独立法人资格的科技型中小企业和创业团队。对首次通过评审的企业，一次性给予不超过20万元的创新券额度；对创业团队，给予不超过5万元的创新券额度。同一企业每年申请不得超过2次。",
  禁止: "第五条 创新券不得转让、赠送或者重复使用，不得用于日常经营支出。创新券有效期为12个月，逾期自动失效。外省市企业不予支持。",
  申请: "第七条 申请单位应于每年3月1日至4月30日登录青禾科创服务平台提交申请材料。区科技局会同区财政局在受理之日起15个工作日内完成审核，审核结果公示5个工作日。",
  鼓励: "第八条 鼓励高校院所向本区企业开放大型科研仪器；支持企业牵头组建创新联合体；探索设立科技保险补偿机制。情况特殊的，可视情给予延期。",
  补助: "第九条 对年度研发费用超过500万元且同比增长10%以上的企业，按新增研发费用的8%给予补助，最高不超过100万元。第二年补助比例为5%，最高不超过50万元。",
  联系: "第十二条 咨询电话：021-00001234（窗口），电子邮箱：kechuang@qinghe.example，地址：青禾区云杉路88号3楼。",
  施行: "第十五条 本办法自2025年7月1日起施行，有效期至2027年6月30日。《青禾区创新券管理办法》（青科规〔2022〕6号）同时废止。本办法由区科技局负责解释。",
};

/** A second invented text, used by the blind set only. */
const NOTICE: Readonly<Record<string, string>> = {
  房源: "本批次人才公寓共推出房源260套，其中一居室180套、两居室80套，租金为每月每平方米35元，约为市场评估租金的七成。",
  条件: "申请人应同时符合下列条件：（一）与区内企业签订1年以上劳动合同；（二）具有硕士研究生及以上学历，或者取得副高级以上职称；（三）本人及配偶在本区无自有住房，且未享受其他租房补贴。已享受市级住房优惠政策的，不得重复申请。",
  时间: "申请时间为2026年3月2日9:00至3月20日17:00，逾期不予受理。审核结果于4月10日前公布，公示期为7日。",
  材料: "申请人须通过云澜人才网在线提交身份证明、劳动合同、学历证书等材料；材料不齐的，应在5个工作日内补正。区人才服务中心负责受理，区住房保障局负责资格复核。",
  租期: "租赁合同一般一年一签，累计租期最长不超过5年。承租人不得转租、转借；违反规定的，取消租赁资格，三年内不得再次申请。",
  资助: "对当年获得发明专利授权的单位，每件给予不超过3000元资助，同一单位每年资助总额最高30万元；对通过知识产权管理体系认证的企业，一次性资助5万元。鼓励金融机构开展知识产权质押融资，探索建立风险补偿资金池，力争到2027年质押融资登记额突破10亿元。",
};

export function inventedClause(key: string): GroundedClause {
  const notice = NOTICE[key];
  if (notice !== undefined) {
    return {
      text: notice,
      title: "云澜区2026年第一批人才公寓申请公告",
      heading: [],
      metadataText: "云澜区人才工作局",
    };
  }
  const text = INVENTED[key];
  if (text === undefined) throw new Error(`no invented clause ${key}`);
  return { text, title: "青禾区科技创新券管理办法（试行）", heading: ["第二章 支持内容"] };
}

/** `plan:` words of a paragraph of the plan; otherwise a key of the invented measure. Several are joined by `|`. */
export function clausesOf(keys: string): GroundedClause[] {
  return keys
    .split("|")
    .map((key) => (key.startsWith("plan:") ? planClause(key.slice("plan:".length)) : inventedClause(key)));
}
