import { type Clock, remember } from "../../shared/index.ts";

interface FormPlace {
  outboxId: string;
  block: number;
}

type Form = Readonly<Record<string, string>>;

/** Pages of forms that were filled in while others are still missing. In memory: after a restart they are asked for again. */
export interface Drafts {
  get(userId: string, place: FormPlace): Form | undefined;
  keep(userId: string, place: FormPlace, form: Form): void;
  drop(userId: string, place: FormPlace): void;
}

const KEPT_MS = 30 * 60 * 1_000;
const MAX_DRAFTS = 500;

export function createDrafts(clock: Clock): Drafts {
  const drafts = new Map<string, { form: Form; until: number }>();
  const toKey = (userId: string, { outboxId, block }: FormPlace) => `${userId}:${outboxId}:${block}`;
  return {
    get: (userId, place) => {
      const draft = drafts.get(toKey(userId, place));
      return draft && draft.until > clock().getTime() ? draft.form : undefined;
    },
    keep: (userId, place, form) => {
      const draft = { form, until: clock().getTime() + KEPT_MS };
      remember(drafts, toKey(userId, place), draft, MAX_DRAFTS);
    },
    drop: (userId, place) => {
      drafts.delete(toKey(userId, place));
    },
  };
}
