import type { Application } from "../../src/app.ts";

const DISTINCT = 100;

/** Stores that many turns with answers as of now, of fifty askers; the questions repeat. */
export async function storeTurns(
  { answerer, storage }: Application,
  questions: readonly string[],
  count: number,
  run: string,
): Promise<void> {
  const answers = [];
  for (const question of questions.slice(0, DISTINCT))
    answers.push({ question, answer: await answerer.answerQuestion({ question }) });
  for (let index = 0; index < count; index += 1) {
    const asked = answers[index % answers.length];
    if (!asked) continue;
    const key = `${run}-${index}`;
    const at = new Date().toISOString();
    const session = `bench-${index % 50}`;
    const asker = { channel: "bench", userId: session, chatId: session, chatKind: "direct", replyTarget: {} };
    await storage.conversation.enqueueNotice({
      channel: "bench",
      messageKey: key,
      sessionKey: session,
      outbox: { outboxId: key, channel: "bench", messageKey: key, reply: {}, dueAt: at, createdAt: at },
      turn: {
        ...{ turnId: key, sessionKey: session, channel: "bench", messageKey: key, at, asker },
        question: asked.question,
        resolvedQuestion: asked.answer.resolvedQuestion,
        answer: asked.answer,
      },
    });
  }
}
