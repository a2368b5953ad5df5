import { createContext, useContext } from "react";
import type { InterfaceLanguage } from "../shared/wire.ts";
import { en } from "./en.ts";
import { type Words, zh } from "./zh.ts";

export type { Words };

/** Labels of a reply are in the reply's language, those of the page in the one that was chosen. */
export function wordsFor(language: string): Words {
  return language === "en" ? en : zh;
}

export function toLocale(language: string): string {
  return language === "en" ? "en" : "zh-CN";
}

const LanguageContext = createContext<InterfaceLanguage>("zh");
export const LanguageProvider = LanguageContext.Provider;

/** Words of the page itself. */
export function useWords(): Words {
  return wordsFor(useContext(LanguageContext));
}
