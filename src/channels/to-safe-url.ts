const MAX_URL_CHARACTERS = 1_000;

/** Only web addresses, written so that they can end neither a markdown link nor a JSON string. */
export function toSafeUrl(url: string | undefined, publicUrl: string | undefined): string | undefined {
  if (!url) return undefined;
  const absolute = URL.canParse(url) ? new URL(url) : undefined;
  const resolved =
    absolute ?? (publicUrl && URL.canParse(url, `${publicUrl}/`) ? new URL(url, `${publicUrl}/`) : undefined);
  if (!resolved || (resolved.protocol !== "https:" && resolved.protocol !== "http:")) return undefined;
  const text = resolved.href.replace(/[()<>[\]*_~`!|\\'"\s]/g, (character) => {
    const hex = character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
    return `%${hex}`;
  });
  return text.length <= MAX_URL_CHARACTERS ? text : undefined;
}
