import type { Page } from "playwright-core";

/** A page of our own making with its text, a line a paragraph. */
export interface SamplePage {
  name: string;
  html: string;
  text: string;
}

const NOTICE = [
  ["h", "临江区人民政府办公室文件"],
  ["c", "临政办规〔2025〕17号"],
  ["t", "关于印发《临江区加快推进先进制造业与现代服务业融合发展若干措施（2024—2026年）》的通知"],
  ["n", "各镇人民政府，区政府各委、办、局，各开发区管委会："],
  [
    "p",
    "《临江区加快推进先进制造业与现代服务业融合发展若干措施（2024—2026年）》已经区政府第86次常务会议审议通过，现印发给你们，请认真按照执行。",
  ],
  ["s", "一、支持企业加大研发投入"],
  [
    "p",
    "对上一年度研发费用达到500万元（含）以上、且占主营业务收入比重不低于3.5%的规模以上工业企业，按照研发费用增量部分的8%给予补助，单个企业每年最高不超过200万元。（责任单位：区科委、区财政局）",
  ],
  ["s", "二、鼓励建设高水平创新平台"],
  [
    "p",
    "对新认定的国家级、市级企业技术中心、工程研究中心、重点实验室，分别给予100万元、50万元的一次性奖励；对通过复评的，按首次认定标准的30%给予奖励。",
  ],
  ["p", "（一）申报主体应当在本区依法登记注册、具有独立法人资格，近三年无重大安全生产、环境保护和质量事故。"],
  [
    "p",
    "（二）同一项目按照“就高不就低、不重复”的原则享受政策，已获得市级财政资金支持的，区级配套比例原则上不超过1:0.5。",
  ],
  ["p", "1.申报材料应当包括：项目申请书、营业执照副本、近两年经审计的财务报告、知识产权证明等。"],
  ["p", "2.申报时间为2025年3月1日至4月15日，逾期不予受理。联系邮箱：policy@linjiang.example。"],
] as const;

const RULES = [
  ["t", "临江区科技创新券管理办法（试行）"],
  ["m", "第一章　总则"],
  [
    "p",
    "第一条　为贯彻落实创新驱动发展战略，促进科技资源开放共享，降低中小微企业和创新创业团队的创新成本，根据《中华人民共和国科学技术进步法》等有关规定，结合本区实际，制定本办法。",
  ],
  [
    "p",
    "第二条　本办法所称科技创新券，是指利用区级财政科技专项资金，支持企业向服务机构购买研究开发、检验检测、大型仪器共享、知识产权、技术转移等专业服务的电子凭证。",
  ],
  [
    "p",
    "第三条　创新券的使用和管理应当遵循“鼓励创新、普惠公平、专款专用、据实列支”的原则，任何单位和个人不得转让、赠送、买卖或者重复使用。",
  ],
  ["m", "第二章　支持对象与标准"],
  [
    "p",
    "第四条　申领单位应当同时符合下列条件：（一）工商注册地、税务征管关系及统计关系在本区；（二）职工总数不超过500人、年销售收入不超过2亿元、资产总额不超过2亿元；（三）未列入严重违法失信名单。",
  ],
  [
    "p",
    "第五条　创新券面额分为0.5万元、1万元和5万元三种，每家企业每年申领总额不超过30万元，抵扣比例不超过服务合同金额的50%；创业团队每年不超过10万元。",
  ],
  [
    "p",
    "第六条　创新券自发放之日起12个月内有效，逾期自动作废。服务合同签订时间应当晚于申领日期，合同金额在20万元以上的，须提供第三方验收报告。",
  ],
  [
    "p",
    "第七条　区科委会同区财政局每季度组织一次集中兑付；兑付结果在区政府门户网站公示，公示期不少于5个工作日。",
  ],
  [
    "p",
    "第八条　本办法由区科学技术委员会负责解释，自2025年1月1日起施行，有效期至2026年12月31日。《临江区科技创新券实施细则》（临科规〔2022〕3号）同时废止。",
  ],
] as const;

const TABLE = [["t", "2025年度产业扶持资金申报事项一览表"]] as const;

const ROWS = [
  ["序号", "支持事项", "申报条件", "支持标准", "受理部门"],
  ["1", "首台（套）重大技术装备", "经国家或市级认定，且已实现销售", "按销售额10%奖励，最高300万元", "区经委"],
  ["2", "绿色工厂", "获国家级、市级绿色工厂称号", "一次性奖励50万元、20万元", "区经委"],
  ["3", "高新技术企业认定", "首次认定或重新认定通过", "每家奖励10万元", "区科委"],
  ["4", "专利导航项目", "项目周期不超过18个月", "按实际支出50%，最高40万元", "区市场监管局"],
  ["5", "人才公寓租金补贴", "博士、硕士毕业3年内", "每月2000元、1200元，最长36个月", "区人社局"],
] as const;

type Kind = "h" | "c" | "t" | "n" | "p" | "s" | "m";

function paragraphs(parts: readonly (readonly [Kind, string])[]): string {
  return parts.map(([kind, text]) => `<p class="${kind}">${text}</p>`).join("");
}

function textOf(parts: readonly (readonly [Kind, string])[]): string {
  return parts.map(([, text]) => text).join("\n");
}

function style(font: string, body: number): string {
  return `html{background:#fff}body{margin:0;padding:96px 90px;width:614px;font-family:${font};font-size:${body}pt;line-height:1.75;text-align:justify;color:#000;background:#fff}
p{margin:0;text-indent:2em}.h{color:#d00;font-size:28pt;text-align:center;text-indent:0;font-weight:700;letter-spacing:2px}
.c{text-align:center;text-indent:0;margin:12px 0 24px}.t{font-size:${body * 1.3}pt;text-align:center;text-indent:0;font-weight:700;margin-bottom:16px}
.n{text-indent:0}.s{font-weight:700}.m{text-align:center;text-indent:0;font-weight:700;margin:8px 0}
table{border-collapse:collapse;width:100%;font-size:${body * 0.8}pt;line-height:1.4}td{border:1px solid #000;padding:4px 6px}
.f{position:absolute;bottom:50px;left:0;width:794px;text-align:center;text-indent:0;font-size:10pt}`;
}

function wrap(font: string, body: number, content: string, footer: string): string {
  return `<!doctype html><meta charset="utf-8"><style>${style(font, body)}</style>${content}<p class="f">${footer}</p>`;
}

/** Pages in the style of official documents, invented, at 96 CSS pixels an inch on A4. */
export function makeSamplePages(font: string): SamplePage[] {
  const cells = ROWS.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
  return [
    { name: "notice", html: wrap(font, 14, paragraphs(NOTICE), "— 1 —"), text: `${textOf(NOTICE)}\n— 1 —` },
    { name: "rules", html: wrap(font, 12, paragraphs(RULES), "- 2 -"), text: `${textOf(RULES)}\n- 2 -` },
    { name: "small", html: wrap(font, 9, paragraphs(RULES), "- 3 -"), text: `${textOf(RULES)}\n- 3 -` },
    {
      name: "table",
      html: wrap(font, 12, `${paragraphs(TABLE)}<table>${cells}</table>`, "第4页"),
      text: `${textOf(TABLE)}\n${ROWS.map((row) => row.join("\n")).join("\n")}\n第4页`,
    },
  ];
}

/** A4 at the given pixels per inch, as PNG. */
export async function renderSample(page: Page, html: string): Promise<Buffer> {
  await page.setContent(html, { waitUntil: "load" });
  await page.evaluate("document.fonts.ready");
  return page.screenshot({ clip: { x: 0, y: 0, width: 794, height: 1123 } });
}
