import type { VersionFacts } from "../index/segment.ts";

/** 沪科创办〔2023〕41号 in any spelling. */
export interface DocumentNumber {
  /** The issuer's characters directly in front; may be empty, or carry what was said before it. */
  issuer: string;
  year: string;
  serial: string;
}

const BRACKETED = /([\p{Script=Han}]{0,12})\s?[[(]\s?((?:19|20)\d{2})年?\s?[\])]\s?第?\s?0*(\d{1,5})\s?号?/gu;
const BARE = /([\p{Script=Han}]{2,12})\s?((?:19|20)\d{2})年?[\s\-_.]*第?\s?0*(\d{1,5})\s?号/gu;
const BARE_SPACED = /([\p{Script=Han}]{2,12})\s?((?:19|20)\d{2})[\s\-_.]+0*(\d{1,5})(?![\d年月日.%])/gu;

/** Numbers of documents in a normalised text: 〔2023〕41号, (2023) 41号, 沪科创办2023 41号, 沪科创办2023年第41号. */
export function findDocumentNumbers(normalized: string): DocumentNumber[] {
  const found: DocumentNumber[] = [];
  for (const pattern of [BRACKETED, BARE, BARE_SPACED]) {
    for (const [, issuer = "", year = "", serial = ""] of normalized.matchAll(pattern)) {
      if (!found.some((known) => known.year === year && known.serial === serial)) {
        found.push({ issuer, year, serial });
      }
    }
  }
  return found;
}

/** Year and serial agree, and the issuers do as far as both are known. */
export function isSameNumber(left: DocumentNumber, right: DocumentNumber): boolean {
  if (left.year !== right.year || left.serial !== right.serial) return false;
  if (left.issuer === "" || right.issuer === "") return true;
  return left.issuer.endsWith(right.issuer) || right.issuer.endsWith(left.issuer);
}

/** What a question says of the document it means. */
export interface DocumentNaming {
  /** 0: not named; 1: named by its number or its whole title. */
  strengthFor(version: VersionFacts): number;
  numbers: readonly DocumentNumber[];
  /** The question speaks of a 方案, 办法 …, and the title says that this is one. */
  isOfNamedKind(version: VersionFacts): boolean;
}

const DOCUMENT_KINDS = [
  "方案",
  "办法",
  "细则",
  "意见",
  "措施",
  "规划",
  "公告",
  "指南",
  "条例",
  "规定",
  "通知",
];

const QUOTED_TITLE = /《([^《》]{2,80})》?/gu;
const TITLE_NOISE =
  /^关于(?:印发|发布|公布|转发|修订)?|(?:征求意见稿|试行|暂行)|的?通知$|[《》()"'\s\-·,.:;[\]]/gu;
/** A title named without 《》 must agree in so many characters and in so large a share. */
const SHARED_CHARACTERS = 6;
const SHARED_SHARE = 0.5;

export function readDocumentNaming(
  normalizedQuestion: string,
  normalize: (text: string) => string,
): DocumentNaming {
  const numbers = findDocumentNumbers(normalizedQuestion);
  const quoted = [...normalizedQuestion.matchAll(QUOTED_TITLE)].map((match) => bareTitle(match[1] ?? ""));
  const whole = bareTitle(normalizedQuestion);
  const known = new Map<string, number>();
  const kinds = DOCUMENT_KINDS.filter((kind) => normalizedQuestion.includes(kind));
  return {
    numbers,
    isOfNamedKind: ({ title }) => kinds.some((kind) => title.includes(kind)),
    strengthFor(version) {
      const remembered = known.get(version.versionId);
      if (remembered !== undefined) return remembered;
      const strength = Math.max(
        nameByNumber(numbers, version.documentNumber, normalize),
        ...[version.title, version.titleOuter ?? ""].map((title) =>
          nameByTitle(bareTitle(normalize(title)), quoted, whole),
        ),
      );
      known.set(version.versionId, strength);
      return strength;
    },
  };
}

function bareTitle(title: string): string {
  return title.replace(TITLE_NOISE, "");
}

function nameByNumber(
  numbers: readonly DocumentNumber[],
  documentNumber: string | null,
  normalize: (text: string) => string,
): number {
  if (numbers.length === 0 || documentNumber === null) return 0;
  const own = findDocumentNumbers(normalize(documentNumber));
  return own.some((number) => numbers.some((asked) => isSameNumber(asked, number))) ? 1 : 0;
}

function nameByTitle(title: string, quoted: readonly string[], question: string): number {
  if (title.length < 4) return 0;
  for (const asked of quoted) {
    if (asked.length >= 4 && (title.includes(asked) || asked.includes(title))) return 1;
  }
  const shared = longestShared(title, question);
  if (shared < SHARED_CHARACTERS || shared < title.length * SHARED_SHARE) return 0;
  return shared / title.length;
}

const MAX_COMPARED = 200;

function longestShared(left: string, right: string): number {
  const width = Math.min(right.length, MAX_COMPARED);
  let previous = new Uint16Array(width + 1);
  let longest = 0;
  for (let row = 0; row < Math.min(left.length, MAX_COMPARED); row += 1) {
    const current = new Uint16Array(width + 1);
    for (let column = 0; column < width; column += 1) {
      if (left.charCodeAt(row) !== right.charCodeAt(column)) continue;
      const length = (previous[column] as number) + 1;
      current[column + 1] = length;
      if (length > longest) longest = length;
    }
    previous = current;
  }
  return longest;
}
