import { writeSync } from "node:fs";
import { openStorage } from "../../src/storage/index.ts";
import { createOutreachWorld } from "./outreach-world.ts";

/** A process to be killed: `outreach-child.ts OPTIONS`. Says `open`, looks the enterprises through, and says `done`. */
const storage = await openStorage(JSON.parse(process.argv[2] ?? "{}"));
const { outreach } = createOutreachWorld(storage, { batchSize: 50 });
writeSync(1, "open\n");
await outreach.runPending();
writeSync(1, "done\n");
await storage.close();
