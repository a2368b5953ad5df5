import type { Match, NearMiss } from "../../matching/index.ts";
import type { ReplyAction, ReplyBlock } from "../types.ts";
import { toButton } from "./match-reply.ts";
import { type Language, say } from "./matching-parts.ts";

const MAX_NEAR_MISSES = 3;

/** What is missing, by how much, and from which day it will hold. */
export function writeNearMisses(nearMisses: readonly NearMiss[], language: Language): ReplyBlock[] {
  if (nearMisses.length === 0) return [];
  const shown = nearMisses.slice(0, MAX_NEAR_MISSES);
  const items = shown.map(({ match, missing, metFrom }) => {
    const gaps = missing.map(({ text, observed, shortBy }) => {
      const ours = [...(observed ? [observed] : []), ...(shortBy ? [shortBy] : [])].join("，");
      return ours === "" ? text : `${text}（${ours}）`;
    });
    const when = metFrom ? say(language, `；${metFrom}起满足`, `; met from ${metFrom}`) : "";
    return `${match.name}（${match.programId}，${match.documentStatus}）：${gaps.join("；")}${when}`;
  });
  const buttons = shown.flatMap(({ match, metFrom }) =>
    metFrom ? [writeReminder(match, metFrom, language)] : [],
  );
  return [
    { type: "list", title: say(language, "目前还差一点的", "Not yet, but close"), items },
    ...(buttons.length > 0 ? [{ type: "actions" as const, actions: buttons }] : []),
  ];
}

export function writeReminder({ programId, name }: Match, metFrom: string, language: Language): ReplyAction {
  return toButton("remind", say(language, `${metFrom}提醒我：${name}`, `Remind me on ${metFrom}: ${name}`), {
    values: { program: programId },
    command: say(language, `提醒我 ${programId}`, `remind me of ${programId}`),
  });
}
