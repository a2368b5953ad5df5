import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { Client } from "pg";
import {
  type Account,
  findServerAccount,
  findSharedTemporaryDirectory,
  provideBinaries,
} from "./postgres-binaries.ts";

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
const HOST = "127.0.0.1";
/** Between the choice of a free port and its use another program may take it. */
const ATTEMPTS = 5;

/** Sorts text like a Chinese server does. */
const CLUSTER = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=zh", "--no-sync"];

/** Durability costs time and proves nothing here: a killed client, not a killed server, is what the tests are about. */
const FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories="];

interface Place {
  /** Holds all that the server needs, and goes with it. */
  directory: string;
  binaries: string;
  account: Account | undefined;
}

/** Starts a real PostgreSQL in a temporary directory, as `nobody` when we are root. Throws when it cannot start. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const account = findServerAccount();
  const directory = await mkdtemp(join(await findSharedTemporaryDirectory(), "xiance-postgres-"));
  try {
    // `mkdtemp` shuts everybody else out, also the account that the server runs as.
    await chmod(directory, 0o755);
    if (account) await chown(directory, account.uid, account.gid);
    const place = { directory, binaries: await provideBinaries(directory, account), account };
    await makeCluster(place);
    return await startOnFreePort(place);
  } catch (cause) {
    await rm(directory, { recursive: true, force: true });
    throw new Error("PostgreSQL does not start. XIANCE_TEST_POSTGRES=off leaves it out.", { cause });
  }
}

/** Nothing of the environment: `PG…` variables of the machine would change what the programs do. */
function processOptions({ directory, account }: Place) {
  return { cwd: directory, env: { LC_ALL: "C", PATH: process.env["PATH"] ?? "" }, ...account };
}

async function makeCluster(place: Place): Promise<void> {
  const passwordFile = join(place.directory, "password");
  await writeFile(passwordFile, `${PASSWORD}\n`);
  const options = [`--username=${USER}`, `--pwfile=${passwordFile}`, "--auth=password", ...CLUSTER];
  await promisify(execFile)(
    join(place.binaries, "initdb"),
    [`--pgdata=${join(place.directory, "data")}`, ...options],
    processOptions(place),
  );
}

async function startOnFreePort(place: Place): Promise<PostgresServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const settings = [...FAST, `port=${port}`, `listen_addresses=${HOST}`].flatMap((setting) => [
      "-c",
      setting,
    ]);
    const server = spawn(
      join(place.binaries, "postgres"),
      ["-D", join(place.directory, "data"), ...settings],
      {
        ...processOptions(place),
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    const outcome = await waitUntilReady(server);
    if (outcome === "ready") return describeServer(server, port, place.directory);
    if (attempt >= ATTEMPTS || !/could not (bind|create any TCP)/.test(outcome)) throw new Error(outcome);
  }
}

/** `ready`, or what the server said before it ended. */
function waitUntilReady(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    if (!server.stderr) throw new Error("the server's messages are not to be had");
    // Read on after the start: a full pipe would stop the server.
    createInterface({ input: server.stderr }).on("line", (line) => {
      said.push(line);
      if (line.includes("database system is ready to accept connections")) resolve("ready");
    });
    server.once("error", reject);
    server.once("close", () => resolve(said.slice(-20).join("\n")));
  });
}

function describeServer(server: ChildProcess, port: number, directory: string): PostgresServer {
  let schemas = 0;
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  const run = async (sql: string): Promise<void> => {
    const client = new Client({ host: HOST, port, user: USER, password: PASSWORD, database: "postgres" });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  return {
    async createSchema() {
      schemas += 1;
      await run(`create schema test_${schemas}`);
      const options = encodeURIComponent(`-c search_path=test_${schemas}`);
      return `postgres://${USER}:${PASSWORD}@${HOST}:${port}/postgres?options=${options}`;
    },
    terminateConnections: () =>
      run("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'xiance%'"),
    async stop() {
      process.removeListener("exit", kill);
      if (server.exitCode === null && server.signalCode === null) {
        const gone = once(server, "exit");
        server.kill("SIGINT");
        await gone;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
