import type { MatchVerdict, ProgramKind, ProgramState } from "../types.ts";

/**
 * Every number and rule of the ranking, with its reason. The score is the plain sum, so that each part can be shown.
 * Tiers hold because of the distances: whatever serves a stated need directly (200) stands above everything that does not
 * (at most 60 + 16 + 40 + 10 + 9 + 8).
 */

export const NEED_POINTS = {
  /** The program is for a stated need. */
  direct: 200,
  /** A general service that names a stated need: still above all that only may help, below what is made for it. */
  directGeneral: 165,
  /** For each further stated need that it is for, or may help with; small, so that it never outweighs directness of industry. */
  further: 8,
  furtherMost: 16,
  /** May help with a stated need: above what is only of the same industry. */
  related: 60,
  /** A general service that may help: below everything specific, it is the last help. */
  relatedGeneral: 10,
  /** No need is stated; most bodies at this stage or of this type want it. Weaker than anything said. */
  impliedDirect: 30,
  impliedRelated: 12,
  none: 0,
} as const;

export type NeedLevel = Exclude<keyof typeof NEED_POINTS, "further" | "furtherMost">;

export const INDUSTRY_POINTS = {
  /** The program names just this industry. */
  exact: 40,
  /** It names the branch that this industry belongs to. */
  branch: 34,
  /** The enterprise was described more widely than the program: may be it. */
  wider: 24,
  /** Both belong to the same direction of the plan. */
  direction: 20,
  /** The text leaves open whether the direction includes it. */
  doubtful: 6,
  /** For all industries. */
  any: 12,
  /** The enterprise's industry is not known. */
  unknown: 8,
  /** It names other industries. */
  unrelated: -30,
} as const;

export type IndustryLevel = keyof typeof INDUSTRY_POINTS;

export const SUBJECT_POINTS = {
  /** It names just this type of body. */
  exact: 10,
  /** A type that counts among those named (foreign company among companies). */
  implied: 5,
  any: 4,
  /** As many as for anybody: what is for few only is left out then. */
  unknown: 4,
} as const;

export type SubjectLevel = keyof typeof SUBJECT_POINTS | "other";

/** A tie-break among equals: the text's conditions tell less of use than need and industry do. */
export const VERDICT_POINTS: Record<MatchVerdict, number> = {
  eligible: 9,
  likely: 6,
  "needs-confirmation": 3,
  "not-eligible": 0,
};

/** The program asks for just this stage of life, which tells more of fit than one that is open to all. */
export const STAGE_POINTS = 8;

/** What is there already can be used sooner than what is still to come. */
export const STATE_POINTS: Record<ProgramState, number> = {
  已有: 8,
  明确措施: 6,
  推进建设: 4,
  拟设立: 3,
  鼓励: 2,
};

/** General services: for everybody, about nothing in particular; listed last, and only where little else serves. */
export const GENERAL_KINDS: ReadonlySet<ProgramKind> = new Set(["服务", "政务服务"]);
/** With so many specific programs in the list, general services that are only related are left out. */
export const ENOUGH_SPECIFIC = 3;

/** To use them is to settle here. */
export const SETTLING_KINDS: ReadonlySet<ProgramKind> = new Set(["空间", "孵化", "招商", "总部", "人才安居"]);
/** To want these is to plan to settle here. */
export const SETTLING_NEEDS: ReadonlySet<string> = new Set([
  "relocation",
  "hq-relocation",
  "startup",
  "incubation",
  "industrial-land",
  "plant",
  "rd-space",
  "carrier-list",
]);

/** Kinds for the beginning of an enterprise's life, and for the later part. */
export const EARLY_KINDS: ReadonlySet<ProgramKind> = new Set(["孵化"]);
export const LATE_KINDS: ReadonlySet<ProgramKind> = new Set(["上市", "总部"]);
export const YOUNG_STAGES: ReadonlySet<string> = new Set(["idea", "seed", "angel", "early"]);
export const LATE_STAGES: ReadonlySet<string> = new Set(["mature", "pre-ipo", "listed"]);
/** Nobody without a company is listed, recognised as headquarters, or upgrades a plant. */
export const COMPANY_ONLY_KINDS: ReadonlySet<ProgramKind> = new Set(["上市", "总部", "技改", "培育", "资质"]);
export const PEOPLE: ReadonlySet<string> = new Set(["individual", "team"]);
/** Bodies that are neither companies nor people: listing and headquarters are not their matter. */
export const INSTITUTIONS: ReadonlySet<string> = new Set(["university", "institute", "hospital"]);

/** From here on an enterprise of unknown stage is taken for mature (large by the national standard for industry). */
export const BIG = { headcount: 1000, revenue: 400_000_000 } as const;

/** Types that count as another one where a program names only that. */
export const COUNTS_AS: ReadonlyMap<string, readonly string[]> = new Map([
  ["foreign-company", ["company"]],
  ["central-soe", ["company"]],
  ["municipal-soe", ["company"]],
  ["incubator-operator", ["company"]],
  ["individual", ["team"]],
  ["team", ["individual"]],
  ["university", ["institute"]],
  ["institute", ["university"]],
]);

/** Said as a need, but naming nothing that a program could be for. */
export const VAGUE_NEEDS: ReadonlySet<string> = new Set(["policy-advice"]);
/** Means that serve any trade: without what they are used for they say too little. */
export const VAGUE_INDUSTRIES: ReadonlySet<string> = new Set([
  "digital",
  "software",
  "artificial-intelligence",
  "big-data",
  "cloud",
  "internet-of-things",
  "blockchain",
  "research-services",
  "consulting",
]);

/** What most want at a stage, when they have not said it; ids of needs. */
export const STAGE_NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["idea", ["startup", "incubation", "equity-finance"]],
  ["seed", ["equity-finance", "incubation", "startup"]],
  ["angel", ["equity-finance", "incubation"]],
  ["early", ["equity-finance"]],
  ["growth", ["equity-finance", "enterprise-cultivation"]],
  ["mature", ["enterprise-cultivation", "technical-upgrade"]],
  ["pre-ipo", ["listing"]],
  ["listed", ["listing", "hq-recognition"]],
]);
export const SUBJECT_NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["individual", ["startup", "overseas-talent", "talent-service"]],
  ["team", ["startup", "incubation"]],
  ["incubator-operator", ["incubator-upgrade"]],
  ["central-soe", ["hq-relocation"]],
  ["municipal-soe", ["hq-relocation"]],
  ["university", ["university-collaboration", "technology-transfer", "proof-of-concept"]],
  ["institute", ["joint-research", "technology-transfer", "research-institution"]],
  ["hospital", ["clinical-collaboration"]],
]);

/** What goes together at a stage, for the package; more than what is recommended unasked. */
export const STAGE_COMPANIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["idea", ["startup", "incubation", "equity-finance", "talent-service"]],
  ["seed", ["incubation", "equity-finance", "talent-recruitment"]],
  ["angel", ["incubation", "equity-finance", "talent-recruitment"]],
  ["early", ["equity-finance", "talent-recruitment"]],
  ["growth", ["equity-finance", "talent-recruitment"]],
  ["mature", ["technical-upgrade", "talent-recruitment"]],
  ["pre-ipo", ["listing", "talent-recruitment"]],
  ["listed", ["hq-recognition", "talent-recruitment"]],
]);

/** Not worth asking of those who cannot have it yet, or of whom the type says it. */
export const BESIDE_THE_POINT = {
  people: ["headcount", "rd-headcount", "revenue", "net-profit", "tax-paid", "founded-on", "stage"],
  early: ["revenue", "net-profit", "tax-paid", "total-assets", "listing-plan", "listing-reserve"],
  operator: [
    "industries",
    "industry-words",
    "stage",
    "founded-on",
    "headcount",
    "space-area",
    "space-type",
    "subject-type",
  ],
} as const;

/** Figures of one matter: not asked of those who want another. */
const SPACE_NEEDS = [
  "industrial-land",
  "plant",
  "rd-space",
  "incubation",
  "relocation",
  "hq-relocation",
  "startup",
  "pilot-production",
  "carrier-list",
];
export const FIELDS_OF_NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["loan-amount", ["loan", "credit-report"]],
  ["financing-amount", ["equity-finance"]],
  ["listing-plan", ["listing"]],
  ["listing-advisers", ["listing"]],
  ["listing-reserve", ["listing"]],
  ["space-area", SPACE_NEEDS],
  ["space-type", SPACE_NEEDS],
  ["relocation-scope", ["relocation", "hq-relocation"]],
  ["event-topic", ["events", "competition", "market-expansion"]],
]);

/** At most so many near misses: what is missing should be worth reading. */
export const MOST_NEAR_MISSES = 3;
/** Of what is only of the same industry, no stated need served: a hint, not a list. */
export const MOST_WITHOUT_NEED = 3;

/** Said of such bodies these name their trade, not the field that they work in. */
export const OWN_TRADES: ReadonlySet<string> = new Set([
  "education",
  "research-services",
  "park-operation",
  "venture-capital",
  "finance",
]);

/** Bodies of which the type alone says what is for them. */
export const TELLING_SUBJECTS: ReadonlySet<string> = new Set([
  "incubator-operator",
  "central-soe",
  "municipal-soe",
  "university",
  "institute",
  "hospital",
  "investor",
]);
