import type { Knex } from "knex";
import type {
  FactRecord,
  NewFact,
  OpenStorageOptions,
  OutreachItem,
  ReminderRecord,
  Storage,
  SubscriptionRecord,
} from "../../src/storage/index.ts";
import { openRawDatabase } from "./storage-raw.ts";
import { second } from "./storage-samples.ts";
import { alice } from "./storage-workflow.ts";

/** Invented, like everything here. */
export const ANN = "feishu:ou_ann";
export const BEN = "feishu:ou_ben";

/** A figure said in a message. */
export function makeFact(
  field: string,
  figure: number,
  reference: string,
  overrides: Partial<NewFact> = {},
): NewFact {
  return {
    field,
    value: { kind: "number", min: figure, max: figure },
    source: { kind: "chat", by: ANN, reference },
    reference,
    at: second(1).toISOString(),
    period: null,
    validTo: null,
    state: "current",
    ...overrides,
  };
}

/** `headcount 30 current`: what is told of facts, newest first. */
export function tellFacts(facts: readonly FactRecord[]): string[] {
  return facts.map(({ field, value, state }) => `${field} ${(value as { min: number }).min} ${state}`);
}

export async function addEnterprise(
  { enterprises }: Storage,
  enterpriseId: string,
  overrides: { name?: string; creditCode?: string; member?: string; at?: number } = {},
) {
  const { name = null, creditCode = null, member = null, at = 1 } = overrides;
  return enterprises.create({ enterpriseId, name, creditCode }, member, second(at), alice);
}

export function makeSubscription(
  subscriptionId: string,
  overrides: Partial<Omit<SubscriptionRecord, "endedAt">> = {},
): Omit<SubscriptionRecord, "endedAt"> {
  return {
    subscriptionId,
    account: ANN,
    enterpriseId: null,
    kind: "programs",
    topic: null,
    cadence: "at-once",
    quietFrom: "21:00",
    quietTo: "09:00",
    weeklyLimit: 3,
    consentedAt: second(1).toISOString(),
    ...overrides,
  };
}

type NewItem = Omit<OutreachItem, "itemId" | "sentAt">;

export function makeItem(enterpriseId: string, programId: string, overrides: Partial<NewItem> = {}): NewItem {
  return {
    runId: "run",
    enterpriseId,
    account: ANN,
    programId,
    programRevision: 1,
    reason: { verdict: "likely" },
    state: "waiting",
    dueAt: second(5).toISOString(),
    ...overrides,
  };
}

export function makeReminder(
  reminderId: string,
  overrides: Partial<Omit<ReminderRecord, "state">> = {},
): Omit<ReminderRecord, "state"> {
  return {
    reminderId,
    account: ANN,
    enterpriseId: null,
    dueOn: "2027-03-01",
    subject: { programId: "P01" },
    createdAt: second(1).toISOString(),
    ...overrides,
  };
}

/** The rows of every table as text, bytes too: what somebody would find who looks into the database. */
export async function readEveryTable(options: OpenStorageOptions): Promise<Map<string, string>> {
  const database = openRawDatabase(options);
  try {
    const tables = new Map<string, string>();
    for (const table of await listTables(database)) {
      const rows: Record<string, unknown>[] = await database(table);
      const values = rows.flatMap((row) => Object.values(row)).map(writeValue);
      tables.set(table, values.join("\n"));
    }
    return tables;
  } finally {
    await database.destroy();
  }
}

/** Tables in which a text stands. */
export async function tablesWith(options: OpenStorageOptions, text: string): Promise<string[]> {
  const tables = await readEveryTable(options);
  return [...tables].filter(([, rows]) => rows.includes(text)).map(([table]) => table);
}

function writeValue(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString("utf8") : String(value);
}

async function listTables(database: Knex): Promise<string[]> {
  if (database.client.config.client === "pg") {
    return database("pg_tables")
      .whereRaw("schemaname = current_schema()")
      .orderBy("tablename")
      .pluck("tablename");
  }
  return database("sqlite_master")
    .where("type", "table")
    .whereNot("name", "like", "sqlite_%")
    .orderBy("name")
    .pluck("name");
}
