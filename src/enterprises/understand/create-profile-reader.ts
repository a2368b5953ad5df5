import type { Logger } from "../../shared/index.ts";
import type { ProfileLexicon, ProfileReader, ReadFact, ReadingContext, Understanding } from "../types.ts";
import { checkFacts } from "./check-facts.ts";
import { isAboutSelf, wishesMatch } from "./detect-wish.ts";
import type { FindSpans } from "./find-spans.ts";
import { readAnswers } from "./read-answers.ts";
import { isCorrection, readBareCorrection, readNamedChanges } from "./read-corrections.ts";
import { readFieldValue } from "./read-field-value.ts";
import { readInputValue, readProfileInput } from "./read-input.ts";
import { readMessage } from "./read-message.ts";
import type { FindPlaces } from "./read-places.ts";
import {
  createFieldReaders,
  type FieldReaders,
  factAt,
  type ReadingScene,
  setScene,
} from "./reading-scene.ts";

export interface ProfileReaderOptions {
  lexicon: ProfileLexicon;
  /** Of src/knowledge; without it only the lexicon's localities are known. */
  findPlaces?: FindPlaces;
  /** A model that points to further words; what they say the rules read. */
  findSpans?: FindSpans;
  logger?: Logger;
}

/** Words → facts, by rules. Every fact is read from words that stand in the text. */
export function createProfileReader({ lexicon, findPlaces, findSpans }: ProfileReaderOptions): ProfileReader {
  const readers = createFieldReaders(lexicon, findPlaces);
  return {
    async read(text, context) {
      const scene = setScene(text, context.today, lexicon);
      const understood = understand(scene, context, readers);
      if (!findSpans || !understood.aboutSelf) return understood;
      return addSpans(
        understood,
        await findSpans(text, [...lexicon.fields.values()]),
        scene,
        context,
        readers,
      );
    },
    readValue: (field, input, context) => readInputValue(field, input, context, readers),
    readProfile: (input, context) => readProfileInput(input, context, readers),
  };
}

function understand(scene: ReadingScene, context: ReadingContext, readers: FieldReaders): Understanding {
  const message = readMessage(scene, readers);
  const isChange = isCorrection(scene.text);
  const named =
    isChange || /改成|改为|更新为|应该是|应为|更正/u.test(scene.text)
      ? readNamedChanges(scene, context.today, readers)
      : [];
  const changed = new Set(named.map(({ field }) => field));
  const stated = [
    ...named,
    ...message.facts
      .filter(({ field }) => !changed.has(field))
      .map((fact) => (isChange ? { ...fact, correction: true } : fact)),
  ];
  const bare = isChange ? readBareCorrection(scene, context, stated, readers) : [];
  const answers = readAnswers(scene, context, [...stated, ...bare], readers);
  const kept = stated.filter(({ field }) => !answers.beside.includes(field));
  const checked = checkFacts([...kept, ...bare, ...answers.facts], context.today, readers.lexicon);
  const facts = checked.facts.sort((a, b) => a.start - b.start);
  const isAnswer =
    answers.facts.length > 0 || answers.declined.length > 0 || bare.length > 0 || named.length > 0;
  return {
    facts,
    problems: [
      ...(answers.facts.length > 0 || bare.length > 0 ? [] : message.problems),
      ...answers.problems,
      ...checked.problems,
    ],
    declined: answers.declined,
    aboutSelf: isAnswer || (isChange && facts.length > 0) || isAboutSelf(scene.text, facts, context.asked),
    wishesMatch: wishesMatch(scene.text, facts),
  };
}

/** Words that a model points to, each read by the rules; what they cannot read is left out. */
function addSpans(
  understood: Understanding,
  spans: readonly { field: string; words: string }[],
  scene: ReadingScene,
  { today }: ReadingContext,
  readers: FieldReaders,
): Understanding {
  const known = new Set(understood.facts.map(({ field }) => field));
  const more: ReadFact[] = [];
  for (const { field: id, words } of spans) {
    const field = readers.lexicon.fields.get(id);
    const start = words === "" ? -1 : scene.written.indexOf(words);
    if (!field || known.has(id) || start < 0) continue;
    const read = readFieldValue(field, words, today, readers);
    if (read) more.push(factAt(id, read.value, { start, end: start + words.length }, scene, read.period));
  }
  const checked = checkFacts([...understood.facts, ...more], today, readers.lexicon);
  return { ...understood, facts: checked.facts.sort((a, b) => a.start - b.start) };
}
