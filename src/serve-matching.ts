import type { Access, Actor } from "./access/index.ts";
import {
  type CitationUrl,
  createMatchingSkill,
  type MessageSkill,
  type Notice,
  type Reply,
  writeOutreach,
} from "./conversation/index.ts";
import { describeProfile } from "./enterprises/index.ts";
import type { KnowledgeService } from "./knowledge/index.ts";
import { findPrograms, type Suggestion, writeEnterpriseReport } from "./matching/index.ts";
import type { MatchingServices } from "./server/index.ts";
import {
  AppError,
  type Clock,
  type DocumentId,
  type IdSource,
  type Logger,
  toAppError,
  toShanghaiDay,
} from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";
import type { MatchingRooms } from "./wire-matching.ts";

export interface ServedMatching {
  skill: MessageSkill;
  services: MatchingServices;
  /** A generated file, for those whose it is: the account that it was made for, and other members of the enterprise. */
  openFile(fileId: string, account: string): Promise<OpenedFile | undefined>;
  /** For a channel that has decided already whom a file goes to. */
  openAnyFile(fileId: string): Promise<OpenedFile | undefined>;
  /** Names of programs that everybody may see: those that begin with the words, then those that hold or resemble them. */
  suggestPrograms(words: string, limit: number): Promise<readonly string[]>;
  /** Looks for what is new for whom, and sends what is due. Safe to call again at any time. */
  reachOut(): Promise<void>;
}

export interface OpenedFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface ServeMatchingParts {
  rooms: MatchingRooms;
  storage: Storage;
  knowledge: KnowledgeService;
  access: Access;
  parkName: string;
  citationUrl: CitationUrl;
  notifyPerson(account: string, key: string, reply: Reply, priority?: Notice["priority"]): Promise<boolean>;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

/** Matching as chat, REST and background work use it. */
export function serveMatching(parts: ServeMatchingParts): ServedMatching {
  const { rooms, storage, citationUrl, clock, ids, logger } = parts;
  const { matching, enterprises, lists, programs, outreach } = rooms;
  const skill = createMatchingSkill({
    enterprises,
    reader: matching.reader,
    lexicon: matching.lexicon,
    engineFor: matching.engineFor,
    entriesFor: matching.entriesFor,
    dialogues: storage.enterprises,
    files: storage.enterprises,
    fileUrl: (fileId) => `/files/${fileId}`,
    lists,
    outreach,
    report: ({ enterprise, profile, result, today, language }) =>
      writeEnterpriseReport({
        enterprise,
        profileRows: describeProfile(profile, matching.lexicon, { language }),
        result,
        parkName: parts.parkName,
        today,
        language,
        nameOfField: (field) => matching.lexicon.fields.get(field)?.label ?? field,
      }),
    notify: parts.notifyPerson,
    citationUrl,
    ids,
    logger,
  });
  return {
    skill,
    services: {
      matching,
      lists,
      enterprises,
      programs,
      suggestFrom: (documentId, by) => suggestFrom(documentId, by, parts),
      clock,
    },
    async openFile(fileId, account) {
      const file = await storage.enterprises.getFile(fileId);
      if (!file) return undefined;
      const isMember =
        file.enterpriseId !== null &&
        (await storage.enterprises.membersOf(file.enterpriseId)).some((member) => member.account === account);
      return file.account === account || isMember ? file : undefined;
    },
    suggestPrograms: (words, limit) => suggestNames(parts, words, limit),
    openAnyFile: (fileId) => storage.enterprises.getFile(fileId),
    async reachOut() {
      await outreach.runPending();
      await outreach.sendDue((account, key, message) =>
        parts.notifyPerson(account, key, writeOutreach(message, citationUrl), 2),
      );
    },
  };
}

async function suggestNames(
  { rooms, clock, logger }: ServeMatchingParts,
  words: string,
  limit: number,
): Promise<readonly string[]> {
  try {
    const entries = (await rooms.matching.entriesFor(toShanghaiDay(clock()))).filter(({ usable }) => usable);
    const typed = words.trim();
    const names = entries.map(({ program }) => program.name);
    const beginning = names.filter((name) => name.startsWith(typed));
    const holding = names.filter((name) => name.includes(typed));
    const like = typed === "" ? [] : findPrograms(entries, typed).map(({ entry }) => entry.program.name);
    return [...new Set([...beginning, ...holding, ...like])].slice(0, limit);
  } catch (thrown) {
    logger.warn({ error: toAppError(thrown).message }, "programs could not be suggested");
    return [];
  }
}

async function suggestFrom(
  documentId: DocumentId,
  by: Actor,
  { rooms, storage, knowledge }: ServeMatchingParts,
): Promise<Suggestion[]> {
  const document = await storage.knowledge.getDocument(documentId);
  const versionId =
    document?.publishedVersionId ?? (await storage.knowledge.listVersions(documentId)).at(-1)?.versionId;
  if (!document || !versionId) {
    throw new AppError({
      code: "not-found",
      message: `no document ${documentId}`,
      safeMessage: `没有编号为 ${documentId} 的文件。请用 documents 查看文件编号。`,
    });
  }
  const [text, clauses] = await Promise.all([
    knowledge.documentText(versionId),
    knowledge.getClauses(versionId),
  ]);
  return rooms.programs.suggest({ documentId, title: document.title, text, clauses }, by);
}
