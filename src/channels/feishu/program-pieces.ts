import type { ProgramBlock, VerdictRow } from "../../conversation/index.ts";
import { toSafeUrl } from "../to-safe-url.ts";
import {
  type CardElement,
  countComponents,
  countTables,
  type LabelColour,
  labelledElement,
  linkElement,
  panelElement,
  textElement,
} from "./card.ts";
import type { Piece } from "./piece.ts";
import { MAX_TEXT_BYTES, shorten, toQuotePieces, toTextPieces, type Words } from "./quote-pieces.ts";
import { measureBytes, splitText } from "./split-text.ts";
import { toTablePieces } from "./verdict-table.ts";

const MAX_PANEL = { bytes: 9_000, components: 60 };

const PROGRAM_COLOURS: Readonly<Record<ProgramBlock["verdict"], LabelColour>> = {
  eligible: "green",
  likely: "blue",
  "needs-confirmation": "neutral",
  "not-eligible": "red",
};

/** A program: what it is and how it stands; unless compact, the verdicts as a table and their evidence folded under it. */
export function toProgramPieces(block: ProgramBlock, words: Words, publicUrl: string | undefined): Piece[] {
  const head = toHeadPiece(block);
  const reason = block.reason ? toTextPieces(block.reason, "normal") : [];
  if (block.compact) return joinSmall([head, ...reason, ...toSourcePieces(block, words, publicUrl)]);
  const { program } = words;
  const quotes = block.quotes.flatMap(({ title, section, quote, url }) =>
    toQuotePieces(
      {
        title: [section, words.document(shorten(title))].map(shorten).filter(Boolean).join(" · "),
        path: "",
        quote,
        url: toSafeUrl(url, publicUrl),
        expanded: false,
      },
      words,
    ),
  );
  const say = (label: string, text: string, size: "normal" | "notation") =>
    text.trim() === "" ? [] : toTextPieces(`${label}${program.colon}${text}`, size);
  return [
    ...joinSmall([head, ...reason, ...toTablePieces(block.criteria, words)]),
    ...toEvidencePieces(block.criteria, words, publicUrl),
    ...quotes,
    ...say(program.notStated, block.notStated.join("、"), "normal"),
    ...block.cautions.flatMap((caution) => say(program.caution, caution, "notation")),
    ...say(program.nextStep, block.nextStep, "normal"),
  ];
}

/** One line, so that what is short has its source as well. */
function toSourcePieces({ quotes }: ProgramBlock, words: Words, publicUrl: string | undefined): Piece[] {
  const [first] = quotes;
  if (!first) return [];
  const source = `${words.document(shorten(first.title))}${shorten(first.section)}`;
  const said = `${words.program.source}${words.program.colon}${source}`;
  const url = toSafeUrl(first.url, publicUrl);
  const element = url === undefined ? textElement(said, { text_size: "notation" }) : linkElement(said, url);
  return [{ elements: [element], lines: [{ text: said, ...(url !== undefined && { href: url }) }] }];
}

function toHeadPiece({ rank, name, verdict, verdictLabel, kind, status }: ProgramBlock): Piece {
  const title = `${rank === null ? "" : `${rank}. `}${shorten(name)}`;
  const state = [kind, status].map(shorten).filter(Boolean).join(" · ");
  return {
    elements: [
      ...(rank === null ? [] : [{ tag: "hr" as const }]),
      labelledElement(title, shorten(verdictLabel), PROGRAM_COLOURS[verdict]),
      ...(state === "" ? [] : [textElement(state, { text_size: "notation", text_color: "grey" })]),
    ],
    lines: [{ text: `${title}〔${shorten(verdictLabel)}〕` }, ...(state === "" ? [] : [{ text: state }])],
  };
}

/** What belongs together stays in one card as far as it is small; a name never ends one while its table begins the next. */
function joinSmall(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const small = last && measurePiece(last) + measurePiece(piece) <= 2 * MAX_PANEL.bytes;
    if (last && small && countTables([...last.elements, ...piece.elements]) <= 1) {
      joined[joined.length - 1] = {
        elements: [...last.elements, ...piece.elements],
        lines: [...last.lines, ...piece.lines],
      };
    } else joined.push(piece);
  }
  return joined;
}

function measurePiece({ elements, lines }: Piece): number {
  return Math.max(measureBytes(elements), measureBytes(lines));
}

/** Criteria that rest on the same words share an entry. */
function toEvidencePieces(
  criteria: readonly VerdictRow[],
  words: Words,
  publicUrl: string | undefined,
): Piece[] {
  const cited = criteria.filter(({ quote }) => quote !== "");
  const groups = Map.groupBy(cited, ({ section, quote, url }) => JSON.stringify([section, quote, url ?? ""]));
  const entries = [...groups.values()].flatMap((rows) => toEntries(rows, words, publicUrl));
  const panels: Piece[] = [];
  for (const entry of entries) {
    const last = panels.at(-1);
    const fits =
      last &&
      measurePiece(last) + measurePiece(entry) <= MAX_PANEL.bytes &&
      countComponents(last.elements) + countComponents(entry.elements) <= MAX_PANEL.components;
    if (fits) {
      last.elements.push(...entry.elements);
      last.lines.push(...entry.lines);
    } else panels.push({ elements: [...entry.elements], lines: [...entry.lines] });
  }
  const title = words.program.evidence(groups.size);
  return panels.map(({ elements, lines }, position) => {
    const part = panels.length > 1 ? `${title}（${words.part(position + 1, panels.length)}）` : title;
    return { elements: [panelElement(part, false, elements)], lines: [{ text: part }, ...lines] };
  });
}

/** Usually one; a quote too long for one piece becomes several. */
function toEntries(rows: readonly VerdictRow[], words: Words, publicUrl: string | undefined): Piece[] {
  const first = rows[0];
  if (!first) return [];
  const title = splitText(
    [...rows.map(({ label, text }) => `〔${shorten(label)}〕${shorten(text)}`), shorten(first.section)].join(
      " · ",
    ),
    MAX_TEXT_BYTES / 2,
  );
  const url = toSafeUrl(first.url, publicUrl);
  const heading = title.map((text) => textElement(text, { text_size: "notation", text_color: "grey" }));
  return splitText(first.quote, MAX_TEXT_BYTES / 2).map((quote, position, parts): Piece => {
    const begins = position === 0;
    const ends = position === parts.length - 1;
    const link: CardElement[] = ends && url !== undefined ? [linkElement(words.source, url)] : [];
    return {
      elements: [...(begins ? heading : []), textElement(quote), ...link],
      lines: [
        ...(begins ? title.map((text) => ({ text })) : []),
        { text: quote },
        ...(ends && url !== undefined ? [{ text: words.source, href: url }] : []),
      ],
    };
  });
}
