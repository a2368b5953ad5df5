import type { Language } from "../compose/words.ts";
import type { AspectId } from "./find-aspects.ts";
import { MEASURE } from "./name-topics.ts";

const ASPECT_QUESTIONS: Record<Language, Record<AspectId, (topic: string) => string>> = {
  zh: {
    conditions: (topic) => `${topic}要符合什么条件？`,
    objects: (topic) => `${topic}面向哪些对象？`,
    time: (topic) => `${topic}什么时候申报？`,
    department: (topic) => `${topic}由哪个部门负责？`,
    amount: (topic) => `${topic}的标准是多少？`,
    means: (topic) => `${topic}采取什么方式？`,
    applying: (topic) => `${topic}怎么申请？`,
  },
  en: {
    conditions: (topic) => `What are the conditions for ${topic}?`,
    objects: (topic) => `Who is ${topic} for?`,
    time: (topic) => `When can one apply for ${topic}?`,
    department: (topic) => `Which department is responsible for ${topic}?`,
    amount: (topic) => `How much is the amount for ${topic}?`,
    means: (topic) => `By what means is ${topic} carried out?`,
    applying: (topic) => `How does one apply for ${topic}?`,
  },
};

/** Nouns of which there are several: 申报条件有哪些. */
const PLURAL = /(?:条件|标准|范围|对象|程序|流程|方式|材料|目标|原则|措施|任务|要求|职责|情形|内容|事项)$/u;
/** 高端人才集聚行动 is a name, also where it begins like a measure. */
const NAMED = /(?:行动|工程|计划)$/u;

export function askAspect(id: AspectId, topic: string, language: Language): string {
  return ASPECT_QUESTIONS[language][id](quoteTopic(topic));
}

export function askTopic(topic: string, language: Language): string {
  const quoted = quoteTopic(topic);
  if (language === "en") return `What does the document say on ${quoted}?`;
  if (PLURAL.test(topic)) return `${quoted}有哪些？`;
  return MEASURE.test(topic) && !NAMED.test(topic) ? `${quoted}有哪些举措？` : `${quoted}有哪些内容？`;
}

export function askParts(topic: string, language: Language): string {
  const quoted = quoteTopic(topic);
  return language === "en" ? `What parts does ${quoted} have?` : `${quoted}包括哪些部分？`;
}

/** A verb phrase reads as the name that it is; a name that holds quotation marks stays as it stands. */
function quoteTopic(topic: string): string {
  return /[“”]/u.test(topic) ? topic : `“${topic}”`;
}
