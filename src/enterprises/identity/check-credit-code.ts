import type { CreditCodeCheck } from "../types.ts";
import { findDivision } from "./division-names.ts";

/** GB 32100-2015: digits and letters without I, O, S, V, Z; the place of a character is its value. */
const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const LENGTH = 18;
/** Authorities that register: 9 market regulation, 5 civil affairs, 1 public bodies … */
const AUTHORITIES = "123456789ANY";
/** What is written for what: letters that the standard does not have, then digits and letters that look alike. */
const IMPOSSIBLE: Readonly<Record<string, string>> = { O: "0", I: "1", Z: "2", S: "5" };
const ALIKE: Readonly<Record<string, string>> = { ...IMPOSSIBLE, L: "1", D: "0", Q: "0", B: "8", G: "6" };

/**
 * The unified social credit code that a text says or is. Full width, lower case, blanks and hyphens are taken out first.
 * Codes that fail are `doubtful`, never refused: some that are in use do not fit the standard.
 */
export function checkCreditCode(text: string): CreditCodeCheck {
  const code = findCandidate(text.normalize("NFKC").toUpperCase());
  if (code === undefined) return { outcome: "none" };
  const why = findFault(code);
  if (why !== undefined) return { outcome: "doubtful", code, why, suggestion: suggestCode(code) };
  return {
    outcome: "sound",
    code,
    registeredBy: findDivision(code.slice(2, 8)),
    ...(!fitsOrganisationCode(code.slice(8, 17)) && {
      hint: "第9–17位（组织机构代码）自身的校验位不符，个别早期代码如此，仅供核对时参考。",
    }),
  };
}

/** True when it has the shape of a code: what may be kept after somebody has insisted on it. */
export function hasCreditCodeShape(code: string): boolean {
  return code.length === LENGTH && [...code].every((character) => CHARACTERS.includes(character));
}

const RUN = /[0-9A-Z](?:[ \t\u2010-\u2015-]?[0-9A-Z]){14,20}(?![0-9A-Z])/g;
const LABELLED = /(?:信用代码|税号|识别号|机构代码)[^0-9A-Z\n]{0,8}([0-9A-Z][0-9A-Z \t-]{4,28}[0-9A-Z])/;

/** The run that is most like a code: 18 characters before others, most digits first. */
function findCandidate(text: string): string | undefined {
  const labelled = LABELLED.exec(text)?.[1];
  if (labelled !== undefined) return strip(labelled);
  const runs = [...text.matchAll(RUN)]
    .filter(({ index }) => !/[0-9A-Z]/.test(text[index - 1] ?? ""))
    .map(([run]) => strip(run))
    .filter((run) => run.replace(/\D/g, "").length >= 8);
  return runs.sort((a, b) => Math.abs(a.length - LENGTH) - Math.abs(b.length - LENGTH))[0];
}

function strip(run: string): string {
  return run.replace(/[^0-9A-Z]/g, "");
}

function findFault(code: string): string | undefined {
  if (code.length !== LENGTH) {
    const old = code.length === 15 ? "，像是旧版营业执照注册号" : "";
    return `统一社会信用代码应为18位，现为${code.length}位${old}`;
  }
  const impossible = [...code].findIndex((character) => !CHARACTERS.includes(character));
  if (impossible >= 0) {
    return `第${impossible + 1}位“${code[impossible]}”不是代码使用的字符（代码不使用字母 I、O、S、V、Z）`;
  }
  if (!AUTHORITIES.includes(code[0] ?? "")) return `第1位“${code[0]}”不是登记管理部门代码`;
  if (code[17] !== checkCharacter(code)) return "校验位不符，可能有一位抄错";
  return undefined;
}

function checkCharacter(code: string): string | undefined {
  const sum = WEIGHTS.reduce(
    (total, weight, index) => total + CHARACTERS.indexOf(code[index] ?? "") * weight,
    0,
  );
  return CHARACTERS[(31 - (sum % 31)) % 31];
}

/** All impossible letters mended, or one look-alike exchanged, when that alone makes the code sound and only one way does. */
function suggestCode(code: string): string | null {
  if (code.length !== LENGTH) return null;
  const mended = [...code].map((character) => IMPOSSIBLE[character] ?? character).join("");
  if (mended !== code) return findFault(mended) === undefined ? mended : null;
  const ways = new Set<string>();
  for (const [index, character] of [...code].entries()) {
    for (const [one, other] of Object.entries(ALIKE)) {
      const instead = character === one ? other : character === other ? one : undefined;
      if (instead === undefined) continue;
      const changed = code.slice(0, index) + instead + code.slice(index + 1);
      if (findFault(changed) === undefined) ways.add(changed);
    }
  }
  const [only] = ways;
  return ways.size === 1 && only !== undefined ? only : null;
}

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11714-1997, letters count from A = 10. */
function fitsOrganisationCode(code: string): boolean {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + Number.parseInt(code[index] ?? "0", 36) * weight,
    0,
  );
  const check = 11 - (sum % 11);
  return code[8] === (check === 10 ? "X" : check === 11 ? "0" : String(check));
}
