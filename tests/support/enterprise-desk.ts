import { join } from "node:path";
import type { Actor, Role } from "../../src/access/index.ts";
import {
  createEnterpriseService,
  createProfileReader,
  type EnterpriseService,
  type FactSourceKind,
  type FactValue,
  loadProfileLexicon,
  type Profile,
  type ProfileLexicon,
  type ProfileReader,
} from "../../src/enterprises/index.ts";
import { loadPlaces } from "../../src/knowledge/index.ts";
import { createCountingIds, createManualClock } from "../../src/shared/index.ts";
import { openStorage } from "../../src/storage/index.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";

export interface EnterpriseDesk {
  enterprises: EnterpriseService;
  storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
  lexicon: ProfileLexicon;
  reader: ProfileReader;
  at: Date;
  /** One fact of one message. */
  say(
    enterpriseId: string,
    by: Actor,
    field: string,
    value: FactValue,
    rest?: { kind?: FactSourceKind; reference?: string; words?: string; correction?: boolean; at?: Date },
  ): Promise<Profile>;
}

const knowledge = join(import.meta.dirname, "../../knowledge");
const lexicon = await loadProfileLexicon(knowledge);
const places = await loadPlaces(knowledge);

export function person(account: string, ...roles: Role[]): Actor {
  return { account, roles: new Set<Role>(["staff", ...roles]) };
}

async function openKept(dataDirectory: string): ReturnType<typeof openTemporaryStorage> {
  const storage = await openStorage({ dataDirectory });
  return { ...storage, remove: () => storage.close() };
}

/** The real service over the real storage. */
export async function openEnterpriseDesk(dataDirectory?: string): Promise<EnterpriseDesk> {
  const storage = dataDirectory === undefined ? await openTemporaryStorage() : await openKept(dataDirectory);
  const at = new Date("2026-11-23T02:00:00Z");
  const reader = createProfileReader({ lexicon, findPlaces: places.find });
  const enterprises = createEnterpriseService({
    store: storage.enterprises,
    conversation: storage.conversation,
    outreach: storage.outreach,
    audit: storage.audit,
    lexicon,
    reader,
    ids: createCountingIds("e"),
    clock: createManualClock(at).now,
  });
  let messages = 0;
  return {
    enterprises,
    storage,
    lexicon,
    reader,
    at,
    say(enterpriseId, by, field, value, rest = {}) {
      messages += 1;
      const { kind = "chat", reference = `message-${messages}`, words = "", correction = false } = rest;
      const fact = { field, value, period: null, words, correction };
      const source = { kind, by: by.account, reference };
      return enterprises.record(enterpriseId, [fact], source, by, rest.at ?? at);
    },
  };
}
