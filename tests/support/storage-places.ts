import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { type OpenStorageOptions, openStorage, type Storage } from "../../src/storage/index.ts";
import { type PostgresServer, postgresIsOff, startPostgresServer } from "./postgres-server.ts";

/** One of the databases, for the tests that run on each. */
export interface StoragePlace {
  readonly dialect: Storage["dialect"];
  /** An empty data directory, and an empty schema where there is a server. */
  fresh(): Promise<OpenStorageOptions>;
  /** Opens, by default a fresh one; closed after the test. */
  open(options?: OpenStorageOptions): Promise<Storage>;
  /** The server; only where there is one. */
  server(): PostgresServer;
}

/** Runs the same tests on SQLite and on a real PostgreSQL. */
export function describeOnEveryDatabase(title: string, define: (place: StoragePlace) => void): void {
  describeOnSqlite(title, define);
  describeOnPostgres(title, define);
}

export function describeOnSqlite(title: string, define: (place: StoragePlace) => void): void {
  describe(`${title}, on SQLite`, () => define(createPlace("sqlite", undefined)));
}

/** Starts a server of its own. */
export function describeOnPostgres(title: string, define: (place: StoragePlace) => void): void {
  describe.skipIf(postgresIsOff)(`${title}, on PostgreSQL`, () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      server = await startPostgresServer();
    });
    afterAll(() => server?.stop());
    define(createPlace("postgres", () => {
      if (!server) throw new Error("PostgreSQL is not running");
      return server;
    }));
  });
}

function createPlace(
  dialect: Storage["dialect"],
  findServer: (() => PostgresServer) | undefined,
): StoragePlace {
  const opened: Storage[] = [];
  const directories: string[] = [];
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
    for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
  });
  const server = () => {
    if (!findServer) throw new Error("SQLite has no server");
    return findServer();
  };
  const fresh = async (): Promise<OpenStorageOptions> => {
    const dataDirectory = await mkdtemp(join(tmpdir(), "xiance-storage-"));
    directories.push(dataDirectory);
    return dialect === "sqlite"
      ? { dataDirectory }
      : { dataDirectory, databaseUrl: await server().createSchema() };
  };
  return {
    dialect,
    fresh,
    server,
    async open(options) {
      const storage = await openStorage(options ?? (await fresh()));
      opened.push(storage);
      return storage;
    },
  };
}
