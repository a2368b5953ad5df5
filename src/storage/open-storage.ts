import { AppError } from "../shared/index.ts";
import { createAccessStore } from "./access/access-store.ts";
import { createAuditStore } from "./audit/audit-store.ts";
import { createConversationStore } from "./conversation/conversation-store.ts";
import { makeDataDirectory, missingDatabase, newerSchema, olderSchema } from "./data-directory.ts";
import type { Database, Dialect } from "./dialect.ts";
import { chooseDialect } from "./dialects.ts";
import { withStorageErrors } from "./driver-errors.ts";
import { createEmbeddingStore } from "./embedding-store.ts";
import { createEnterpriseStore } from "./enterprises/enterprise-store.ts";
import { createEvaluationStore } from "./evaluation-store.ts";
import { createFaqStore } from "./faq/faq-store.ts";
import { createFeedbackStore } from "./feedback/feedback-store.ts";
import { createKnowledgeStore } from "./knowledge/knowledge-store.ts";
import { migrateToLatest, readSchemaState } from "./migrations/index.ts";
import { createOutreachStore } from "./outreach/outreach-store.ts";
import { createProgramStore } from "./programs/program-store.ts";
import { createSignalStore } from "./signals/signal-store.ts";
import { createTicketStore } from "./tickets/ticket-store.ts";
import type { OpenStorageOptions, Storage } from "./types.ts";
import { createWebSessionStore } from "./web/web-session-store.ts";
import { createWebUploadStore } from "./web/web-upload-store.ts";
import { createWorkflowStore } from "./workflow/workflow-store.ts";
import { acquireWriterLock, type WriterLock } from "./writer-lock.ts";

/**
 * Opens the database of a data directory. `write` (default) makes the directory, takes its lock and migrates; `read`
 * needs a database that is there and of this release, and never changes it; `receive` needs the same and takes in.
 *
 * Throws `data-directory` when the directory cannot be used (in use, not writable, full, damaged, nothing there to
 * read), `configuration` when `databaseUrl` is wrong, `storage` when the server cannot be reached.
 */
export async function openStorage(options: OpenStorageOptions): Promise<Storage> {
  if (options.mode === "receive" && options.databaseUrl === undefined) throw sharedDatabaseOnly();
  const dialect = chooseDialect(options);
  const translate = (thrown: unknown) => dialect.toAppError(thrown, options) ?? thrown;
  const lock = (options.mode ?? "write") === "write" ? await lockDataDirectory(options) : undefined;
  try {
    const database = await dialect.connect(options);
    try {
      await prepareSchema(database, dialect, options);
    } catch (thrown) {
      await database.close();
      throw thrown;
    }
    return assembleStorage(database, dialect, translate, lock);
  } catch (thrown) {
    await lock?.release();
    throw translate(thrown);
  }
}

/** Two processes that write one SQLite file would each take itself for the only one. */
function sharedDatabaseOnly(): AppError {
  return new AppError({
    code: "configuration",
    message: "only PostgreSQL can be shared by several processes",
    safeMessage: "多个实例共用数据库须使用 PostgreSQL，请设置 DATABASE_URL。",
  });
}

async function lockDataDirectory({ dataDirectory }: OpenStorageOptions): Promise<WriterLock> {
  await makeDataDirectory(dataDirectory);
  return acquireWriterLock(dataDirectory);
}

async function prepareSchema(
  database: Database,
  dialect: Dialect,
  { mode, dataDirectory }: OpenStorageOptions,
): Promise<void> {
  const state = await readSchemaState(database.write);
  if (state === "newer") throw newerSchema();
  if (state === "current") return;
  if ((mode ?? "write") === "write") return migrateToLatest(database.write, dialect);
  throw state === "missing" ? missingDatabase(dataDirectory) : olderSchema();
}

function assembleStorage(
  database: Database,
  dialect: Dialect,
  translate: (thrown: unknown) => unknown,
  lock: WriterLock | undefined,
): Storage {
  let closing: Promise<void> | undefined;
  return {
    dialect: dialect.name,
    knowledge: withStorageErrors(createKnowledgeStore(database), translate),
    embeddings: withStorageErrors(createEmbeddingStore(database), translate),
    conversation: withStorageErrors(createConversationStore(database), translate),
    evaluation: withStorageErrors(createEvaluationStore(database), translate),
    audit: withStorageErrors(createAuditStore(database), translate),
    access: withStorageErrors(createAccessStore(database), translate),
    workflow: withStorageErrors(createWorkflowStore(database), translate),
    faq: withStorageErrors(createFaqStore(database), translate),
    enterprises: withStorageErrors(createEnterpriseStore(database), translate),
    programs: withStorageErrors(createProgramStore(database), translate),
    outreach: withStorageErrors(createOutreachStore(database), translate),
    tickets: withStorageErrors(createTicketStore(database), translate),
    feedback: withStorageErrors(createFeedbackStore(database), translate),
    webSessions: withStorageErrors(createWebSessionStore(database), translate),
    webUploads: withStorageErrors(createWebUploadStore(database), translate),
    signals: withStorageErrors(createSignalStore(database), translate),
    ping: () =>
      database.ping().catch((thrown) => {
        throw translate(thrown);
      }),
    close() {
      closing ??= database.close().finally(() => lock?.release());
      return closing;
    },
  };
}
