import type { InterfaceLanguage } from "../shared/wire.ts";

const KEY = "xiance-language";

/** Undefined: never chosen; then the page is Chinese, and an answer is in the language of its question. */
export function readKeptLanguage(): InterfaceLanguage | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "zh" || kept === "en" ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** `/embed?language=en`: what the framing page speaks. */
export function readAskedLanguage(): InterfaceLanguage {
  return new URLSearchParams(location.search).get("language") === "en" ? "en" : "zh";
}

export function keepLanguage(language: InterfaceLanguage): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Without storage the choice holds until the page is left.
  }
}
