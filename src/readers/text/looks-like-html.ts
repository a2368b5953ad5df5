const START =
  /^\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*(?:<!doctype\s+html|<html[\s>])/i;
const HEAD = 4_000;

/** The source of a whole web page. */
export function looksLikeHtml(text: string): boolean {
  return START.test(text.slice(0, HEAD));
}

const CLOSED_BLOCK =
  /<\/(?:p|div|td|tr|table|span|li|ul|ol|h[1-6]|body|section|article|strong|center|font)\s*>/gi;
const SAMPLE = 100_000;
const MIN_TAGS = 4;
const MAX_CHARACTERS_PER_TAG = 600;

/** A page, or a piece of its source pasted into a text file: tags throughout, not one quoted in a sentence. */
export function looksLikeMarkup(text: string): boolean {
  if (looksLikeHtml(text)) return true;
  const sample = text.slice(0, SAMPLE);
  const tags = sample.match(CLOSED_BLOCK)?.length ?? 0;
  return tags >= MIN_TAGS && sample.length / tags <= MAX_CHARACTERS_PER_TAG;
}
