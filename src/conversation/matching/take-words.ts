import type { FieldId, Profile, ReadFact, Understanding } from "../../enterprises/index.ts";
import type { Reply } from "../types.ts";
import { checkProgram } from "./check-program.ts";
import { describeFact, describeField } from "./describe-fact.ts";
import { takeCode } from "./handle-code.ts";
import { type KnownEnterprise, type MatchTurn, openKnown } from "./match-turn.ts";
import { say } from "./matching-parts.ts";
import { showResult } from "./show-result.ts";

type SourceKind = "chat" | "form" | "card";
type RecordedFact = Pick<ReadFact, "field" | "value" | "period" | "words" | "correction">;

/** Writes what was said, under the message's key, and shows the result of it. */
export async function takeWords(
  turn: MatchTurn,
  understanding: Understanding,
  kind: SourceKind = "chat",
): Promise<Reply> {
  const before = await openKnown(turn);
  const registered = await takeCode(turn, before.enterprise, understanding.facts);
  if ("reply" in registered) {
    if (registered.mayGoOn) await recordFacts(turn, before.enterprise, withoutCode(understanding), kind);
    return registered.reply;
  }
  const known = await recordFacts(turn, registered.enterprise, understanding, kind);
  const opening = writeOpening(turn, known.profile, understanding, kind);
  const checked = await backToFocus(turn, understanding, opening);
  if (checked) return checked;
  return showResult(turn, known, { problems: understanding.problems, ...(opening !== "" && { opening }) });
}

/** “天使基金我们够格吗” asked for something: with the answer the same program is looked at again. */
async function backToFocus(
  turn: MatchTurn,
  { facts, declined, problems, wishesMatch }: Understanding,
  opening: string,
): Promise<Reply | undefined> {
  const { focus, asked } = turn.dialogue.state;
  const answers = [...facts.map(({ field }) => field), ...declined].some((field) => asked.includes(field));
  if (focus === null || !answers || problems.length > 0 || wishesMatch) return undefined;
  return checkProgram(turn, focus, opening);
}

/** Not before they have answered for it. */
function withoutCode(understanding: Understanding): Understanding {
  return { ...understanding, facts: understanding.facts.filter(({ field }) => field !== "credit-code") };
}

async function recordFacts(
  turn: MatchTurn,
  enterprise: KnownEnterprise["enterprise"],
  { facts, declined }: Understanding,
  kind: SourceKind,
): Promise<KnownEnterprise> {
  const { options, context, at, today, reference, message } = turn;
  const { enterpriseId } = enterprise;
  const said = new Set(facts.map(({ field }) => field));
  const unknown = declined
    .filter((field) => !said.has(field))
    .map((field) => toDeclined(field, message.text));
  const all = [...facts, ...unknown];
  const profile =
    all.length > 0
      ? await options.enterprises.record(
          enterpriseId,
          all,
          { kind, by: context.actor.account, reference },
          context.actor,
          at,
        )
      : await options.enterprises.profile(enterpriseId, context.actor, today);
  return { enterprise, profile };
}

function toDeclined(field: FieldId, words: string): RecordedFact {
  return { field, value: { kind: "declined" }, period: null, words, correction: false };
}

/** `已更正：职工人数 50人。` Nothing at the first telling: the list below shows it. */
function writeOpening(
  { options, language, dialogue }: MatchTurn,
  profile: Profile,
  { facts, declined }: Understanding,
  kind: SourceKind,
): string {
  const isFirst = dialogue.state.shown.length === 0;
  // What a form holds takes the place of what was there, which need not have been anything.
  const corrected = kind === "form" ? [] : facts.filter(({ correction }) => correction);
  const fields = [...new Set((corrected.length > 0 ? corrected : facts).map(({ field }) => field))];
  const parts = fields.flatMap((field) => {
    const fact = profile.facts.get(field);
    if (!fact) return [];
    return [
      `${describeField(field, options.lexicon, language)} ${describeFact(fact, options.lexicon, language)}`,
    ];
  });
  const names = declined.map((field) => describeField(field, options.lexicon, language));
  const separator = say(language, "、", ", ");
  const noted =
    names.length > 0
      ? say(language, `“${names.join("、")}”先按未知处理。`, `Left open: ${names.join(", ")}.`)
      : "";
  if (parts.length === 0 || (isFirst && corrected.length === 0)) return noted;
  const verb =
    corrected.length > 0 ? say(language, "已更正：", "Corrected: ") : say(language, "已记下：", "Noted: ");
  return `${verb}${parts.join(separator)}${say(language, "。", ".")}${noted}`;
}
