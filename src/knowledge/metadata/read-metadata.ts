import { findDates } from "../reading/find-dates.ts";
import {
  readBracketLine,
  readDateLine,
  readDocumentNumberLine,
  splitTitleNumber,
} from "../reading/line-roles.ts";
import type { DocumentMetadata, DocumentReferences } from "../types.ts";
import { readAgreedValidity } from "./agreed-validity.ts";
import { applyDefaultValidity, type DefaultValidity } from "./default-validity.ts";
import { isNormativeNumber } from "./document-number.ts";
import {
  bodyParagraphs,
  isAboutAnother,
  type MetadataSource,
  ownStatements,
  paragraphsOf,
} from "./metadata-source.ts";
import { readAmendments } from "./read-amendments.ts";
import { readAttachments } from "./read-attachments.ts";
import { readBasis } from "./read-basis.ts";
import { readDrafter } from "./read-drafter.ts";
import { readIssuers } from "./read-issuers.ts";
import { readKind } from "./read-kind.ts";
import { addListedAmendments } from "./read-listed-amendments.ts";
import { readPlaces } from "./read-places.ts";
import { readInterpreter, readRepeals, withListed } from "./read-references.ts";
import { readStatus } from "./read-status.ts";
import { readTailClause } from "./read-tail-clause.ts";
import { readTitles, type Titles } from "./read-titles.ts";
import { readValidity } from "./read-validity.ts";
import { printedParagraphs } from "./split-printed.ts";

/** Everything that the text says of the document; what it does not say stays null, empty or 未载明. */
export function readMetadata(
  source: MetadataSource,
  hasQuestions: boolean,
  defaultValidity?: DefaultValidity,
): DocumentMetadata {
  const titles = readTitles(source);
  const { title, titleOuter } = titles;
  const body = bodyParagraphs(source);
  const statements = isAboutAnother(title, titleOuter) ? [] : ownStatements(source);
  const issuers = readIssuers(source, [titleOuter ?? "", title]);
  const documentNumber = readDocumentNumber(source);
  const addressees = readAddressees(source);
  const signedOn = readSignedOn(source);
  const publishedOn =
    dayOf(source.fields.publishedOn) ?? readPublishedNote(source) ?? readFrontDay(source, signedOn);
  const isCopy = /[（(【]转载[)）】]/.test(`${source.fields.name ?? ""}${titles.printed}`);
  const days = { signedOn, publishedOn, isCopy };
  const validity =
    readAgreedValidity(source, days) ?? readValidity(statements, days, [title, titleOuter ?? ""]);
  const effectiveFrom = validity.effectiveFrom ?? dayOf(source.fields.effectiveFrom);
  const expiresOn = validity.expiresOn ?? dayOf(source.fields.expiresOn);
  const facts = { title, titleOuter, documentNumber, publishedOn, effectiveFrom, expiresOn };
  const references = readReferencesOf(source, titles, documentNumber);
  const metadata: DocumentMetadata = {
    ...references,
    ...facts,
    issuers,
    addressees,
    kind: readKind({
      title,
      titleOuter,
      documentNumber,
      hasValidity: effectiveFrom !== null || expiresOn !== null,
      hasQuestions,
    }),
    status: readStatus({
      printed: printedFront(source, titles),
      fileName: source.fileName,
      fields: source.fields,
      isSigned: signedOn !== null && issuers.length > 0,
      metadata: facts,
    }),
    signedOn,
    expiryBasis: validity.expiresOn ? validity.expiryBasis : expiresOn ? "explicit" : "none",
    period: readPeriod([title, titleOuter ?? ""]),
    places: readPlaces({ issuers, titles: [title, titleOuter ?? ""], addressees, body }, source.places),
    interpreter: readInterpreter(body),
    repeals: withListed(readRepeals(statements), references.amendments),
  };
  return defaultValidity ? applyDefaultValidity(metadata, body, defaultValidity) : metadata;
}

function readReferencesOf(
  source: MetadataSource,
  { title, titleOuter }: Titles,
  documentNumber: string | null,
): DocumentReferences {
  const printed = printedParagraphs(source).map(({ text }) => joinLines(text));
  const opening = (["notice", "main"] as const).flatMap((kind) =>
    source.parts
      .filter((part) => part.kind === kind)
      .flatMap(({ body }) => body.slice(0, OPENING_PARAGRAPHS)),
  );
  return {
    draftedBy: readDrafter([titleOuter ?? "", title]),
    basedOn: readBasis(opening.map(({ text }) => text)),
    amendments: isAboutAnother(title, titleOuter)
      ? []
      : addListedAmendments(readAmendments(titleOuter ?? title, printed), source),
    attachments: readAttachments(source),
    tailClause: readTailClause(printed),
    isNormative: isNormativeNumber(documentNumber),
  };
}

const OPENING_PARAGRAPHS = 5;

/** Line by line: a pattern over the blanks around a break takes for ever on a line of a million blanks. */
function joinLines(text: string): string {
  if (!text.includes("\n")) return text;
  return text
    .split("\n")
    .map((line) => line.trim())
    .join("");
}

function printedFront(source: MetadataSource, titles: Titles): string {
  const notes = paragraphsOf(source, "题注", ["notice", "main"]).map(({ text }) => text);
  return [titles.printed, titles.title, ...notes].join("\n");
}

function readDocumentNumber(source: MetadataSource): string | null {
  const printed = paragraphsOf(source, "发文字号", ["notice", "main"]).map(({ text }) => text)[0];
  const number =
    printed && (readDocumentNumberLine(printed) ?? readDocumentNumberLine(readBracketLine(printed) ?? ""));
  if (number) return number;
  const titles = source.parts
    .filter(({ kind }) => kind === "notice" || kind === "main")
    .map(({ title }) => title);
  const inTitle = titles.map((title) => splitTitleNumber(title).number).find((found) => found !== undefined);
  return inTitle ?? readDocumentNumberLine(source.fields.documentNumber ?? "") ?? null;
}

function readAddressees(source: MetadataSource): string | null {
  const text = paragraphsOf(source, "主送", ["notice", "main"])[0]?.text;
  return text === undefined ? null : text.replace(/\s*\n\s*/g, "").replace(/[：:]$/, "");
}

/** The day under the signature, else the one over the text, else that of the page or of the imprint. */
function readSignedOn(source: MetadataSource): string | null {
  const signed = [
    ...paragraphsOf(source, "落款", ["notice", "main", "appended"]),
    ...paragraphsOf(source, "日期", ["notice", "main"]),
  ];
  for (const { text } of signed) {
    const day = readDateLine(text) ?? findDates(text).at(-1)?.day;
    if (day?.length === 10) return day;
  }
  return (
    dayOf(source.fields.signedOn) ?? dayOf(paragraphsOf(source, "版记", ["notice", "main"]).at(-1)?.text)
  );
}

/** （2024年3月5日…公布） under the title. */
function readPublishedNote(source: MetadataSource): string | null {
  const note = paragraphsOf(source, "题注", ["notice", "main"]).find(({ text }) =>
    /发布|公布|印发/.test(text),
  );
  return dayOf(note?.text);
}

/** A day over the text that is not the one under the signature: when the page was published. */
function readFrontDay(source: MetadataSource, signedOn: string | null): string | null {
  const day = dayOf(paragraphsOf(source, "日期", ["notice", "main"])[0]?.text);
  return day === signedOn ? null : day;
}

function dayOf(text: string | undefined): string | null {
  const day = text === undefined ? undefined : findDates(text)[0]?.day;
  return day?.length === 10 ? day : null;
}

const PERIOD = /((?:19|20)\d{2})\s?年?\s?(?:[-—–－~～―一ー]{1,2}|至|到)\s?((?:19|20)\d{2})\s?年?/;

/** 2024-2026年 in a title; years only, and in order. */
function readPeriod(titles: readonly string[]): DocumentMetadata["period"] {
  for (const title of titles) {
    const match = PERIOD.exec(title);
    const from = Number(match?.[1]);
    const to = Number(match?.[2]);
    if (match && from <= to) return { from, to };
  }
  return null;
}
