import type { Fact, Profile, ProfileLexicon, ReadingProblem } from "../../enterprises/index.ts";
import type { ReplyAction, ReplyBlock } from "../types.ts";
import { describeFact, describeField } from "./describe-fact.ts";
import { toButton } from "./match-reply.ts";
import { type Language, say } from "./matching-parts.ts";

const MAX_FACTS = 16;
const MAX_WORDS = 24;
const MAX_CONFLICTS = 3;

type FieldsBlock = Extract<ReplyBlock, { type: "fields" }>;

/** What is known, in the lexicon's order, each with the words that it was read from. */
export function writeKnown(profile: Profile, lexicon: ProfileLexicon, language: Language): FieldsBlock[] {
  const facts = orderFacts(profile, lexicon).filter(({ value }) => value.kind !== "declined");
  if (facts.length === 0) return [];
  const items = facts.slice(0, MAX_FACTS).map((fact) => ({
    label: describeField(fact.field, lexicon, language),
    value: describeFact(fact, lexicon, language),
    ...(noteOf(fact, language) !== "" && { note: noteOf(fact, language) }),
  }));
  return [{ type: "fields", items }];
}

export function orderFacts(profile: Profile, lexicon: ProfileLexicon): Fact[] {
  return [...lexicon.fields.keys()].flatMap((field) => {
    const fact = profile.facts.get(field);
    return fact ? [fact] : [];
  });
}

function noteOf({ source, confirmed, value }: Fact, language: Language): string {
  // Of a form or a file there are no words of theirs, only what stood in a field: maybe an id.
  const words = source.kind === "chat" ? (source.words?.trim() ?? "") : "";
  const isSame = value.kind === "text" && value.text === words;
  const said = words === "" || isSame ? [] : [say(language, `原话“${cut(words)}”`, `“${cut(words)}”`)];
  const sure = confirmed ? [say(language, "已确认", "confirmed")] : [];
  return [...said, ...sure].join(say(language, "，", ", "));
}

function cut(text: string): string {
  return text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text;
}

/** Figures that cannot be, two sources that differ, what has grown old: what is wrong and what to write. */
export function writeDoubts(
  profile: Profile,
  problems: readonly ReadingProblem[],
  lexicon: ProfileLexicon,
  language: Language,
): ReplyBlock[] {
  const notices: ReplyBlock[] = problems.map(({ message }) => ({ type: "notice", text: message }));
  const buttons: ReplyAction[] = [];
  for (const { field, counted, other } of profile.conflicts.slice(0, MAX_CONFLICTS)) {
    const label = describeField(field, lexicon, language);
    const now = describeFact(counted, lexicon, language);
    const before = describeFact(other, lexicon, language);
    const words = other.source.words;
    notices.push({
      type: "notice",
      text: say(
        language,
        `“${label}”有两种说法：${now}（现按此计）与${before}。如应以后者为准，请回复“${label}改成${words ?? before}”。`,
        `Two values for “${label}”: ${now} (counted) and ${before}. To use the latter, write “${label} is ${words ?? before}”.`,
      ),
    });
    if (words) {
      const text = say(language, `${label}以${cut(before)}为准`, `${label}: use ${cut(before)}`);
      buttons.push(toButton("answer", text, { values: { field, value: words } }));
    }
  }
  const stale = profile.stale.map(({ field }) => describeField(field, lexicon, language));
  if (stale.length > 0) {
    const names = [...new Set(stale)].join(say(language, "、", ", "));
    notices.push({
      type: "notice",
      text: say(
        language,
        `以下信息已过时，不再计入，请更新：${names}。`,
        `Out of date and no longer counted: ${names}.`,
      ),
    });
  }
  return [...notices, ...(buttons.length > 0 ? [{ type: "actions" as const, actions: buttons }] : [])];
}
