import type { ReadFact, ReadingProblem } from "../types.ts";
import { assignFigures } from "./assign-figures.ts";
import { type Figure, pickBounds } from "./read-figures.ts";
import { readFlags } from "./read-flags.ts";
import { readFounded } from "./read-founded.ts";
import type { HeldReading } from "./read-held-terms.ts";
import { findName } from "./read-identity.ts";
import { readBusinessWords } from "./read-industries.ts";
import { type FieldReaders, factAt, type ReadingScene } from "./reading-scene.ts";

export interface MessageReading {
  facts: ReadFact[];
  problems: ReadingProblem[];
}

/** Everything that a text states, field by field. */
export function readMessage(scene: ReadingScene, readers: FieldReaders): MessageReading {
  const figures = readNumbers(scene);
  const amounts = new Set(figures.facts.map(({ field }) => field));
  return {
    facts: [
      ...readIdentity(scene),
      ...readBusiness(scene, readers),
      ...figures.facts,
      ...readFoundation(scene),
      ...readChoicesOf(scene, readers),
      ...readHeld(scene, readers),
      ...readNeedsOf(scene, readers, amounts),
      ...readPlacesOf(scene, readers),
      ...readFlags(scene),
    ],
    problems: figures.problems,
  };
}

function readIdentity(scene: ReadingScene): ReadFact[] {
  const name = findName(scene.text);
  return [
    ...(name
      ? [factAt("name", { kind: "text", text: scene.written.slice(name.start, name.end) }, name, scene)]
      : []),
    ...scene.codes.map((code) => factAt("credit-code", { kind: "text", text: code.code }, code, scene)),
  ];
}

function readBusiness(scene: ReadingScene, { industries }: FieldReaders): ReadFact[] {
  const found = industries.read(scene.text, scene.clauses);
  const words = readBusinessWords(scene.clauses, found);
  const [first] = found;
  const last = found.at(-1);
  return [
    ...(words
      ? [
          factAt(
            "industry-words",
            { kind: "text", text: scene.written.slice(words.start, words.end) },
            words,
            scene,
          ),
        ]
      : []),
    ...(first && last
      ? [
          factAt(
            "industries",
            { kind: "terms", has: found.map(({ id }) => ({ id })), lacks: [], closed: false },
            { start: first.start, end: Math.max(...found.map(({ end }) => end)) },
            scene,
          ),
        ]
      : []),
  ];
}

const NO_REVENUE =
  /(?:还|尚|目前|暂时?|现在)*(?:没有?|无|未(?:产生|实现|有)|零)(?:任何|什么|产生|实现)*(?:营业)?(?:收入|营收|销售额?|流水)/u;

function readNumbers(scene: ReadingScene): MessageReading {
  const facts: ReadFact[] = [];
  const problems: ReadingProblem[] = [];
  const used = readFounded(scene.text, scene.clauses, scene.dates, scene.figures, scene.today);
  const figures = scene.figures.filter(
    (figure) => !used.some(({ start, end }) => figure.start < end && start < figure.end),
  );
  for (const { field, figure, period, negative } of assignFigures(figures, scene)) {
    if (field === null || isDenied(scene, figure) || isAlone(scene, figure)) continue;
    if (field === undefined) {
      if (figure.unit === "money" || figure.unit === "foreign") problems.push(unclear(scene, figure));
      continue;
    }
    const { min, max, ...open } = pickBounds(figure);
    const isNegative =
      negative || /负\s*$/u.test(scene.text.slice(Math.max(0, figure.start - 2), figure.start));
    const [low, high] = isNegative
      ? [max === null ? null : -max, min === null ? null : -min]
      : [min ?? floorOf(field), max];
    const edges = isNegative ? turnedRound(open) : open;
    facts.push(factAt(field, { kind: "number", min: low, max: high, ...edges }, figure, scene, period));
  }
  const nothing = NO_REVENUE.exec(scene.text);
  if (nothing && !facts.some(({ field }) => field === "revenue")) {
    const span = { start: nothing.index, end: nothing.index + nothing[0].length };
    facts.push(factAt("revenue", { kind: "number", min: 0, max: 0 }, span, scene));
  }
  return { facts, problems };
}

/** A loss of 三百多万 is below −300万 and above −400万. */
function turnedRound({ minOpen, maxOpen }: { minOpen?: true; maxOpen?: true }): {
  minOpen?: true;
  maxOpen?: true;
} {
  return { ...(maxOpen && { minOpen: maxOpen }), ...(minOpen && { maxOpen: minOpen }) };
}

/** “是28个，不是18个”. */
function isDenied({ text }: ReadingScene, { start }: { start: number }): boolean {
  return /(?:不是|而非|并非)\s*$/u.test(text.slice(Math.max(0, start - 3), start));
}

/** “我就一个人” says who someone is, no staff. */
function isAlone({ text }: ReadingScene, { start, end }: { start: number; end: number }): boolean {
  return (
    /^一个?人$/u.test(text.slice(start, end)) &&
    /我(?:就|只有|目前|现在|自己)*$/u.test(text.slice(0, start).slice(-6))
  );
}

/** “不到100人”: nothing is less than none; a loss is. */
function floorOf(field: string): number | null {
  return field === "net-profit" ? null : 0;
}

function unclear(scene: ReadingScene, { start, end, unit }: Figure): ReadingProblem {
  const words = scene.written.slice(start, end);
  if (unit === "foreign") {
    const message = `“${words}”是外币，未记录。请按人民币写明金额和用途，例如“去年营收约3000万元”。`;
    return { field: null, words, kind: "unclear", message };
  }
  return {
    field: null,
    words,
    kind: "unclear",
    message: `“${words}”是哪一项（营业收入、拟融资额、投资额或贷款额）？请写明，例如“去年营收${words}”。`,
  };
}

function readFoundation(scene: ReadingScene): ReadFact[] {
  return readFounded(scene.text, scene.clauses, scene.dates, scene.figures, scene.today)
    .slice(0, 1)
    .map((reading) =>
      factAt("founded-on", { kind: "date", from: reading.from, to: reading.to }, reading, scene),
    );
}

/** Of the matter at hand only in words that can mean nothing else; short ones (普通, 办公) are answers to questions. */
const SURE_LENGTH = 3;

function readChoicesOf(scene: ReadingScene, { choices, lexicon }: FieldReaders): ReadFact[] {
  return [...choices].flatMap(([id, reader]) => {
    const reading = reader.read(scene.text, scene.clauses);
    if (!reading) return [];
    const isProject = lexicon.fields.get(id)?.level === "project";
    const isSure = reading.end - reading.start >= SURE_LENGTH || isTopical(id, scene.text);
    if (isProject && !isSure) return [];
    return [factAt(id, { kind: "choice", oneOf: reading.oneOf }, reading, scene)];
  });
}

/** Short words of a choice count where the text is about its matter. */
function isTopical(field: string, text: string): boolean {
  if (field === "cosmetics-class") return /化妆|护肤|妆|备案|面膜|防晒|染发/u.test(text);
  return field === "space-type" && /[平亩㎡]|面积|场地|租|找|缺|要/u.test(text);
}

function readHeld(scene: ReadingScene, { qualifications, ip }: FieldReaders): ReadFact[] {
  const one = (field: string, reading: HeldReading | undefined): ReadFact[] => {
    if (!reading || (reading.has.length === 0 && reading.lacks.length === 0 && !reading.closed)) return [];
    const { has, lacks, closed, span } = reading;
    return [factAt(field, { kind: "terms", has, lacks, closed }, span, scene)];
  };
  return [
    ...one("qualifications", qualifications.read(scene.text, scene.clauses, scene.dates)),
    ...one("ip", ip.read(scene.text, scene.clauses, scene.dates)),
  ];
}

/** Who names the sum that is sought seeks it. */
const NEED_OF_AMOUNT = new Map([
  ["financing-amount", "equity-finance"],
  ["loan-amount", "loan"],
]);

function readNeedsOf(
  scene: ReadingScene,
  { needs, qualifications }: FieldReaders,
  amounts: ReadonlySet<string>,
): ReadFact[] {
  const reading = needs.read(scene.text, scene.clauses);
  const wanted = qualifications.read(scene.text, scene.clauses, scene.dates)?.wanted ?? [];
  const has = reading.has.map(({ id }) => id);
  const spans = [...reading.has, ...reading.lacks];
  if (
    wanted.length > 0 &&
    !has.some((id) => ["qualification", "incubator-upgrade", "hq-recognition"].includes(id))
  ) {
    has.push("qualification");
    spans.push(...wanted);
  }
  for (const [amount, need] of NEED_OF_AMOUNT) {
    const figure =
      amounts.has(amount) && !has.includes(need) && scene.figures.find(({ unit }) => unit === "money");
    if (!figure) continue;
    has.push(need);
    spans.push({ ...figure, id: need });
  }
  if (spans.length === 0) return [];
  const span = {
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end)),
  };
  const value = {
    kind: "terms" as const,
    has: has.map((id) => ({ id })),
    lacks: reading.lacks.map(({ id }) => id),
    closed: false,
  };
  return [factAt("needs", value, span, scene)];
}

/** The district that takes up what moves from Zhangjiang. */
const HOME_OF_MOVES = "奉贤区";

function readPlacesOf(scene: ReadingScene, { places }: FieldReaders): ReadFact[] {
  const name = findName(scene.text);
  // 上海某某有限公司 is a name; where it is registered nobody has said.
  const text = name
    ? `${scene.text.slice(0, name.start)}${"·".repeat(name.end - name.start)}${scene.text.slice(name.end)}`
    : scene.text;
  const { district, operating, destination, origin } = places.read(text, scene.clauses);
  const facts: ReadFact[] = [];
  if (district) facts.push(factAt("district", { kind: "place", path: district.path }, district, scene));
  if (district?.park) facts.push(factAt("park", { kind: "text", text: district.park }, district, scene));
  if (operating) {
    facts.push(factAt("operating-place", { kind: "place", path: operating.path }, operating, scene));
  }
  if (destination) {
    facts.push(factAt("relocation-intent", { kind: "flag", value: true }, destination, scene));
  }
  const leaves = origin ?? (destination?.path.includes(HOME_OF_MOVES) ? district : undefined);
  if (leaves?.park === "张江") {
    facts.push(factAt("zhangjiang-origin", { kind: "flag", value: true }, leaves, scene));
  }
  return facts;
}
