import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { PageContent } from "../types.ts";
import { buildRuns } from "./build-runs.ts";
import { GlyphCollector, type PlacedGlyph } from "./collect-glyphs.ts";
import { createRuleCollector } from "./collect-rules.ts";
import { isReadable } from "./is-readable.ts";
import { readPageOperators, walkOperators } from "./page-operators.ts";
import { findDirection, turnPage } from "./turn-page.ts";

export interface TextPage {
  content: PageContent;
  /** Characters without blanks that a reader of the page sees, and whether they are words. */
  visible: { characters: number; readable: boolean };
  /** Whether the content is the recognised text that came with a scan. */
  fromHiddenLayer: boolean;
}

/** What the file itself says about the text of a page. */
export async function readTextPage(page: PDFPageProxy, pageNumber: number): Promise<TextPage> {
  const operators = await readPageOperators(page);
  const text = new GlyphCollector(operators);
  const lines = createRuleCollector(operators);
  walkOperators(operators, [text, lines.visitor]);
  const shown = text.glyphs.filter(({ hidden }) => !hidden);
  const hidden = text.glyphs.filter((glyph) => glyph.hidden);
  const fromHiddenLayer = prefersHidden(shown, hidden);
  const glyphs = fromHiddenLayer ? hidden : shown;
  const turned = turnPage(
    { width: operators.width, height: operators.height, runs: buildRuns(glyphs), rules: lines.rules },
    findDirection(glyphs),
  );
  return {
    content: { page: pageNumber, origin: fromHiddenLayer ? "ocr" : "text", ...turned },
    visible: { characters: countCharacters(shown), readable: isReadable(textOf(shown)) },
    fromHiddenLayer,
  };
}

/** A hidden layer counts when it is most of the page's text and reads like text. */
function prefersHidden(shown: readonly PlacedGlyph[], hidden: readonly PlacedGlyph[]): boolean {
  const characters = countCharacters(hidden);
  return characters >= 20 && characters > 2 * countCharacters(shown) && isReadable(textOf(hidden));
}

function countCharacters(glyphs: readonly PlacedGlyph[]): number {
  return glyphs.reduce((sum, { text }) => sum + text.trim().length, 0);
}

function textOf(glyphs: readonly PlacedGlyph[]): string {
  return glyphs.map(({ text }) => text).join("");
}
