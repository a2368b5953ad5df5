import type { Command } from "commander";
import { addAskCommand } from "./ask.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addDocumentsCommand } from "./documents.ts";
import { addEvalCommand } from "./eval.ts";
import { addIngestCommand } from "./ingest.ts";
import { addOutlineCommand } from "./outline.ts";
import { addPublishCommand } from "./publish.ts";
import { addSearchCommand } from "./search.ts";
import { speakChinese } from "./speak-chinese.ts";
import { addStartCommand } from "./start.ts";

/** Every command, in the order of the help text. */
export function addCommands(program: Command): void {
  speakChinese(program);
  addStartCommand(program);
  addAskCommand(program);
  addSearchCommand(program);
  addIngestCommand(program);
  addOutlineCommand(program);
  addDocumentsCommand(program);
  addPublishCommand(program);
  addEvalCommand(program);
  addDoctorCommand(program);
}
