/** 沪府办规〔2023〕23号, with the brackets and blanks that people type. */
const NUMBER = /\p{Script=Han}{2,12}\s*[〔［[（(【]\s*(?:19|20)\d\d\s*[〕］\])）】]\s*第?\s*\d{1,5}\s*号/u;

/** A document number that stands in a running head and not in the text. */
export function findDocumentNumber(head: string, blocks: readonly { text: string }[]): string | undefined {
  const found = NUMBER.exec(head)?.[0];
  return found === undefined || blocks.some(({ text }) => text.includes(found)) ? undefined : found;
}
