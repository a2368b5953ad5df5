import type { Words } from "../words/words.ts";
import type { Failure } from "./conversation-state.ts";

export function sayFailure({ said, reached, id }: Failure, words: Words): string {
  const reason = said ?? (reached ? words.unavailable : words.network);
  return id ? `${reason}${words.number(id)}` : reason;
}
