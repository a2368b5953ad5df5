import type { ProgramBlock, VerdictRow } from "../../conversation/index.ts";
import { toSafeUrl } from "../to-safe-url.ts";
import { VERDICT_COLOURS, VERDICT_MARKS, type Words } from "./labels.ts";
import { bold, clip, escapeMarkdown, link, small } from "./markdown.ts";
import { MAX_RAW_CHARACTERS, type Piece } from "./piece.ts";
import { toQuotePieces, toTextPieces } from "./quote-pieces.ts";

const MAX_FACT_CHARACTERS = 300;
const MAX_PIECE_CHARACTERS = 3_600;

/** A program: what it is and how it stands; unless compact, every verdict with its evidence. */
export function toProgramPieces(block: ProgramBlock, words: Words, publicUrl: string | undefined): Piece[] {
  const head = toHead(block);
  const reason = block.reason ? toTextPieces(block.reason) : [];
  if (block.compact) return joinPieces([head, ...reason, ...toSource(block, words, publicUrl)]);
  const { program } = words;
  const say = (label: string, text: string, quiet: boolean): Piece[] => {
    if (text.trim() === "") return [];
    const said = `${label}${program.colon}${text}`;
    return quiet ? toTextPieces(said, small) : toTextPieces(said);
  };
  return joinPieces([
    head,
    ...reason,
    ...block.criteria.map((row): Piece => ({ text: toVerdict(row, words) })),
    ...toEvidence(block.criteria, words, publicUrl),
    ...block.quotes.flatMap(({ title, section, quote, url }) =>
      toQuotePieces(
        {
          title: [section, words.document(title)].filter(Boolean).join(" · "),
          path: "",
          quote,
          url: toSafeUrl(url, publicUrl),
        },
        words,
      ),
    ),
    ...say(program.notStated, block.notStated.join("、"), false),
    ...block.cautions.flatMap((caution) => say(program.caution, caution, true)),
    ...say(program.nextStep, block.nextStep, false),
  ]);
}

function toHead({ rank, name, verdict, verdictLabel, kind, status }: ProgramBlock): Piece {
  const title = `${rank === null ? "" : `${rank}. `}${clip(name, MAX_FACT_CHARACTERS)}〔${verdictLabel}〕`;
  const state = [kind, status].filter(Boolean).join(" · ");
  const text = [bold(title), ...(state === "" ? [] : [small(clip(state, MAX_FACT_CHARACTERS))])].join("\n");
  return { text, colour: VERDICT_COLOURS[verdict] };
}

/** `✅ **满足** 注册满 2 年：贵企业 3 年，要求 不少于 2 年（第五条）` */
function toVerdict(row: VerdictRow, { program }: Words): string {
  const { verdict, label, text, observed, threshold, section, note } = row;
  const ours = observed ?? (verdict === "unknown" ? program.unknown : undefined);
  const facts = [
    ...(ours ? [`${program.ours} ${clip(ours, MAX_FACT_CHARACTERS)}`] : []),
    ...(threshold ? [`${program.threshold} ${clip(threshold, MAX_FACT_CHARACTERS)}`] : []),
    ...(note ? [clip(note, MAX_FACT_CHARACTERS)] : []),
  ];
  const said = facts.length > 0 ? `${program.colon}${facts.join("，")}` : "";
  const rest = `${clip(text, MAX_FACT_CHARACTERS)}${said}${section ? `（${clip(section, 60)}）` : ""}`;
  return `${VERDICT_MARKS[verdict]} ${bold(label)} ${escapeMarkdown(rest)}`;
}

/** The words that the verdicts rest on; those that share them are named together. */
function toEvidence(criteria: readonly VerdictRow[], words: Words, publicUrl: string | undefined): Piece[] {
  const cited = criteria.filter(({ quote }) => quote !== "");
  const groups = Map.groupBy(cited, ({ section, quote, url }) => JSON.stringify([section, quote, url ?? ""]));
  if (groups.size === 0) return [];
  return [
    { text: bold(words.program.evidence(groups.size)) },
    ...[...groups.values()].flatMap((rows) => {
      const [first] = rows;
      if (!first) return [];
      const title = [...rows.map(({ text }) => clip(text, 80)), first.section].filter(Boolean).join(" · ");
      const url = toSafeUrl(first.url, publicUrl);
      return toQuotePieces(
        { title: clip(title, MAX_RAW_CHARACTERS / 2), path: "", quote: first.quote, url },
        words,
      );
    }),
  ];
}

/** One line, so that what is short has its source as well. */
function toSource({ quotes }: ProgramBlock, words: Words, publicUrl: string | undefined): Piece[] {
  const [first] = quotes;
  if (!first) return [];
  const source = `${words.document(clip(first.title, 200))}${clip(first.section, 100)}`;
  const said = `${words.program.source}${words.program.colon}${source}`;
  const url = toSafeUrl(first.url, publicUrl);
  return [{ text: url === undefined ? small(said) : `-# ${link(said, url)}` }];
}

/** What belongs together stands close; a name never ends a message while its verdicts begin the next. */
function joinPieces(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  const { colour } = pieces[0] ?? {};
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && last.text.length + piece.text.length + 1 <= MAX_PIECE_CHARACTERS)
      joined[joined.length - 1] = { ...last, text: `${last.text}\n${piece.text}` };
    else joined.push(colour === undefined ? piece : { ...piece, colour });
  }
  return joined;
}
