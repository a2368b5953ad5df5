import type { DeskSettings, SafetyFinding } from "../types.ts";

const HURT =
  /伤|晕|昏|倒下|倒地|中毒|流血|出血|没呼吸|不动|咳|吐|触电|摔|injur|dizz|unconscious|cough|bleed|faint/i;
const VIOLENCE = /打架|打起来|群架|动手|刀|砍|捅|棍|行凶|闹事|fight|knife|stab|attack/i;
const POISONING = /中毒|吃坏|上吐下泻|poison/i;
const HEIGHT = /轻生|跳楼|想不开|往下跳|天台|楼顶|suicid|roof edge/i;

/**
 * Said before everything else when there is danger. National numbers only (110, 119, 120); the park's duty line only when it
 * is configured. Short and calm: what to call, what to do, that the request is handed over as well.
 */
export function writeSafetyNotice(
  finding: SafetyFinding,
  dutyLine: DeskSettings["dutyLine"],
  language: "zh" | "en",
): string {
  return language === "en" ? writeEnglish(finding, dutyLine) : writeChinese(finding, dutyLine);
}

function numbersFor({ kind, words }: SafetyFinding): string[] {
  const isHurt = HURT.test(words);
  switch (kind) {
    case "火情":
    case "泄漏":
      return isHurt ? ["119", "120"] : ["119"];
    case "伤人":
      return VIOLENCE.test(words) ? ["110", "120"] : ["120"];
    case "其他险情":
      return HEIGHT.test(words) ? ["110", "119"] : isHurt ? ["119", "120"] : ["119", "110"];
  }
}

/** The words that told of the danger may not be all that was said. */
function mayBeHurt(finding: SafetyFinding): boolean {
  return !numbersFor(finding).includes("120");
}

const CHINESE_NAMES: Readonly<Record<string, string>> = {
  "110": "110（公安）",
  "119": "119（消防）",
  "120": "120（急救）",
};
const ENGLISH_NAMES: Readonly<Record<string, string>> = {
  "110": "110 (police)",
  "119": "119 (fire and rescue)",
  "120": "120 (ambulance)",
};

function writeChinese(finding: SafetyFinding, dutyLine: DeskSettings["dutyLine"]): string {
  const numbers = numbersFor(finding).map((number) => CHINESE_NAMES[number] ?? number);
  const duty = dutyLine ? `，同时告知${dutyLine.name}：${dutyLine.phone}` : "，并告知属地应急和物业值守人员";
  const hurt = mayBeHurt(finding) ? "有人受伤或不适的，同时拨打 120（急救）。" : "";
  return `请先确保人员安全：立即拨打 ${numbers.join("、")}${duty}。${hurt}${chineseAdvice(finding)}险情由现场救援力量处置，在这里登记、转交不能代替报警。`;
}

function chineseAdvice({ kind, words }: SafetyFinding): string {
  switch (kind) {
    case "火情":
      return "请疏散人员，走楼梯、不乘电梯，不返回取物。";
    case "泄漏":
      return "请向上风向疏散，远离泄漏区域，不动火、不开关电器。";
    case "伤人":
      if (VIOLENCE.test(words)) return "请远离冲突现场，不要上前围观。";
      if (POISONING.test(words)) return "请停止食用或接触，保留样品，等候急救人员。";
      return "请先切断危险源，不随意搬动伤者，等候急救人员。";
    case "其他险情":
      return "请撤到安全处，拦住他人靠近，等候救援人员。";
  }
}

function writeEnglish(finding: SafetyFinding, dutyLine: DeskSettings["dutyLine"]): string {
  const numbers = numbersFor(finding).map((number) => ENGLISH_NAMES[number] ?? number);
  const duty = dutyLine
    ? `, and tell the park's duty line (${dutyLine.name}: ${dutyLine.phone})`
    : ", and tell the local emergency staff and the property office";
  const hurt = mayBeHurt(finding) ? " If anybody is hurt or unwell, call 120 (ambulance) as well." : "";
  return `Safety first: call ${numbers.join(" and ")} now${duty}.${hurt} ${ENGLISH_ADVICE[finding.kind]} Writing here does not replace the call.`;
}

const ENGLISH_ADVICE: Readonly<Record<SafetyFinding["kind"], string>> = {
  火情: "Leave the building by the stairs, do not use lifts and do not go back for belongings.",
  泄漏: "Move upwind and away from the leak; no flames, no switches.",
  伤人: "Keep clear of the danger and do not move injured people unless they are in danger.",
  其他险情: "Move to a safe place and keep others away until rescuers arrive.",
};
