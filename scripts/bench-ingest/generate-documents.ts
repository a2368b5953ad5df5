/**
 * Policy documents from a seeded generator: generated text of no meaning, in the shapes that real ones have (plans in
 * three levels, statutes by articles, notices, questions and answers, text without numbering), with front and back
 * matter. Good for time and memory, worthless for quality.
 */
import { createRandom } from "../bench-retrieval/generate-corpus.ts";

export interface GeneratedDocument {
  fileName: string;
  text: string;
}

type Random = () => number;

/** Places that do not exist. */
const PLACES = "云川市|望溪市|柏桥区|青岚县|澜江新区|星屿市|临湖区|石渡县".split("|");
const SUBJECTS =
  "科技创新|生物医药产业|先进制造业|中小企业融资|高层次人才|知识产权|产业园区|成果转化|数字化转型|新材料产业".split(
    "|",
  );
const ACTORS = "企业|高新技术企业|孵化器|高校院所|创新团队|园区运营单位|行业协会|投资机构".split("|");
const DEEDS =
  "开展联合攻关|建设研发机构|参与标准制定|引进急需人才|实施技术改造|拓展应用场景|设立专项基金|共享仪器设备|申请专利许可|搭建公共服务平台".split(
    "|",
  );
const TERMS =
  "经认定后给予一次性补助|按实际投入的一定比例给予支持|同一项目不重复享受|由主管部门组织评审|每年集中受理一次|须在本地注册并依法纳税|按年度绩效分档兑现|优先保障用地和用能".split(
    "|",
  );
const NUMERALS = "一二三四五六七八九十".split("");

const pick = (list: readonly string[], random: Random) => list[Math.floor(random() * list.length)] ?? "";
const whole = (from: number, to: number, random: Random) => from + Math.floor(random() * (to - from + 1));

/** 1 → 一, 23 → 二十三. */
function numeral(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10 === 0 ? "" : (NUMERALS[(value % 10) - 1] ?? "");
  return tens === 0 ? ones : `${tens === 1 ? "" : NUMERALS[tens - 1]}十${ones}`;
}

function sentence(random: Random): string {
  const amount = random() < 0.3 ? `，最高不超过${whole(1, 40, random) * 25}万元` : "";
  return `支持${pick(ACTORS, random)}在${pick(SUBJECTS, random)}领域${pick(DEEDS, random)}，${pick(TERMS, random)}${amount}。`;
}

function paragraph(random: Random): string {
  return Array.from({ length: whole(2, 5, random) }, () => sentence(random)).join("");
}

function plan(random: Random): string[] {
  return Array.from({ length: whole(3, 5, random) }, (_, chapter) => [
    `${numeral(chapter + 1)}、${pick(SUBJECTS, random)}工作安排`,
    ...Array.from({ length: whole(3, 6, random) }, (_, section) => [
      `（${numeral(section + 1)}）${pick(SUBJECTS, random)}提升行动`,
      ...Array.from(
        { length: whole(2, 4, random) },
        (_, item) => `${item + 1}、${pick(DEEDS, random)}。${paragraph(random)}`,
      ),
    ]).flat(),
  ]).flat();
}

function statute(random: Random): string[] {
  let article = 0;
  return Array.from({ length: whole(4, 6, random) }, (_, chapter) => [
    `第${numeral(chapter + 1)}章　${pick(SUBJECTS, random)}`,
    ...Array.from({ length: whole(5, 8, random) }, () => {
      article += 1;
      const items = [1, 2, 3].map((item) => `（${numeral(item)}）${pick(TERMS, random)}；`);
      return [`第${numeral(article)}条　${paragraph(random)}`, ...(random() < 0.4 ? items : [])];
    }).flat(),
  ]).flat();
}

function questionsAndAnswers(random: Random): string[] {
  return Array.from({ length: whole(15, 30, random) }, (_, number) => [
    `${number + 1}、${pick(ACTORS, random)}如何${pick(DEEDS, random)}？`,
    `答：${paragraph(random)}`,
  ]).flat();
}

function withoutNumbering(random: Random): string[] {
  return Array.from({ length: whole(20, 50, random) }, () => paragraph(random));
}

const SHAPES: readonly { name: string; write: (random: Random) => string[] }[] = [
  { name: "行动方案（2024—2026年）", write: plan },
  { name: "管理办法", write: statute },
  { name: "若干措施", write: plan },
  { name: "政策问答", write: questionsAndAnswers },
  { name: "情况说明", write: withoutNumbering },
];

/** The same count and seed, the same documents. */
export function* generateDocuments(count: number, seed: number): Generator<GeneratedDocument> {
  const random = createRandom(seed);
  for (let number = 1; number <= count; number += 1) {
    const shape = SHAPES[number % SHAPES.length];
    if (!shape) continue;
    const place = pick(PLACES, random);
    const title = `${place}${pick(SUBJECTS, random)}${shape.name}`;
    const day = `${whole(2022, 2026, random)}年${whole(1, 12, random)}月${whole(1, 28, random)}日`;
    const front = [`${place}人民政府文件`, `生成〔2026〕${number}号`, title, "各有关单位："];
    const back = [`${place}人民政府`, day];
    yield {
      fileName: `生成文件${String(number).padStart(5, "0")}.txt`,
      text: `${[...front, paragraph(random), ...shape.write(random), ...back].join("\n")}\n`,
    };
  }
}

/** Questions in the words of the documents. */
export function generateQuestions(count: number, seed: number): string[] {
  const random = createRandom(seed);
  const ways: readonly (() => string)[] = [
    () => `${pick(ACTORS, random)}${pick(DEEDS, random)}有什么补助？`,
    () => `${pick(SUBJECTS, random)}领域${pick(DEEDS, random)}最高补助多少万元？`,
    () => `${pick(PLACES, random)}${pick(SUBJECTS, random)}有哪些支持政策？`,
    () => `${pick(ACTORS, random)}在${pick(PLACES, random)}${pick(DEEDS, random)}需要什么条件？`,
  ];
  return Array.from({ length: count }, (_, index) => ways[index % ways.length]?.() ?? "");
}
