import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { MatchResult, PackagePart, ProgramKind } from "../types.ts";
import { type Candidate, explainPoints } from "./rank-program.ts";
import type { Standing } from "./read-standing.ts";
import { readCompanions, relateNeeds } from "./relate-needs.ts";

/**
 * What may be part of a package: what serves a stated need, then what goes with the stage and would be for them. Of the
 * same industry alone is not enough.
 */
export function gatherPool(
  relevant: readonly Candidate[],
  all: readonly Candidate[],
  standing: Standing,
  isForThem: (candidate: Candidate) => boolean,
): Candidate[] {
  const pool = relevant.filter(({ need }) => need.level !== "none" && need.level !== "relatedGeneral");
  const taken = new Set(pool.map(({ indexed }) => indexed.program.id));
  const wanted = readCompanions(standing);
  const companions: Candidate[] = [];
  for (const candidate of all) {
    if (taken.has(candidate.indexed.program.id) || candidate.judged.verdict === "not-eligible") continue;
    const need = relateNeeds(candidate.indexed, wanted);
    if (need.level !== "impliedDirect") continue;
    const companion = { ...candidate, need };
    if (isForThem(companion)) companions.push(companion);
  }
  companions.sort((a, b) => b.score - a.score);
  return [...pool, ...companions];
}

/** In the order in which an enterprise needs them. */
const ROLES: readonly { role: string; kinds: readonly ProgramKind[] }[] = [
  { role: "落地注册", kinds: ["招商", "总部", "培育"] },
  { role: "场地孵化", kinds: ["空间", "孵化"] },
  { role: "资金", kinds: ["基金", "金融服务", "补贴", "技改"] },
  { role: "研发攻关", kinds: ["研发", "平台", "场景"] },
  { role: "人才", kinds: ["人才", "人才安居", "人才服务"] },
  { role: "注册备案与知识产权", kinds: ["注册备案", "知识产权", "质量品牌"] },
  { role: "上市", kinds: ["上市"] },
];
const REQUIRED = "前置事项";

interface Chosen {
  candidate: Candidate;
  role: string;
  why: string;
}

/**
 * One best program a role, from candidates that are relevant, best first; what another one requires comes before it. Of
 * two that exclude each other the one of the earlier role stays, and the pair is named. Null under two roles.
 */
export function assemblePackage(
  pool: readonly Candidate[],
  all: ReadonlyMap<string, Candidate>,
  lexicon: ProfileLexicon,
): MatchResult["package"] {
  const chosen: Chosen[] = [];
  const exclusions: { between: [string, string]; why: string }[] = [];
  for (const { role, kinds } of ROLES) {
    for (const candidate of pool) {
      if (!kinds.includes(candidate.indexed.program.kind)) continue;
      const rival = chosen.find((one) => exclude(one.candidate, candidate));
      if (rival === undefined) {
        const why = explainPoints(candidate, lexicon).find(({ name }) => name === "need")?.because ?? role;
        chosen.push({ candidate, role, why });
        break;
      }
      exclusions.push(nameExclusion(rival.candidate, candidate));
    }
  }
  if (chosen.length < 2) return null;
  return { parts: putInOrder(chosen, all), exclusions };
}

function exclude(one: Candidate, other: Candidate): boolean {
  const [a, b] = [one.indexed.program, other.indexed.program];
  return a.excludes.includes(b.id) || b.excludes.includes(a.id);
}

function nameExclusion(kept: Candidate, left: Candidate): { between: [string, string]; why: string } {
  const [a, b] = [kept.indexed.program, left.indexed.program];
  return {
    between: [a.id, b.id],
    why: `“${a.name}”与“${b.name}”按文件不可同时享受，这里先列“${a.name}”`,
  };
}

/** Depth first over `requires`; a circle among them is cut where it closes. */
function putInOrder(chosen: readonly Chosen[], all: ReadonlyMap<string, Candidate>): PackagePart[] {
  const parts: PackagePart[] = [];
  const seen = new Set<string>();
  const roles = new Map(chosen.map((one) => [one.candidate.indexed.program.id, one]));
  const place = (candidate: Candidate, neededBy: string | null) => {
    const { program } = candidate.indexed;
    if (seen.has(program.id)) return;
    seen.add(program.id);
    for (const id of program.requires) {
      const required = all.get(id);
      if (required && required.judged.verdict !== "not-eligible") place(required, program.name);
    }
    const own = roles.get(program.id);
    parts.push({
      programId: program.id,
      name: program.name,
      role: own?.role ?? REQUIRED,
      order: parts.length + 1,
      why: [own?.why, neededBy === null ? undefined : `办理“${neededBy}”须先具备本项`]
        .filter((reason) => reason !== undefined)
        .join("；"),
    });
  };
  for (const { candidate } of chosen) place(candidate, null);
  return parts;
}
