import type { Command } from "commander";
import { addAccessCommands } from "./access.ts";
import { addAskCommand } from "./ask.ts";
import { addAuditCommand } from "./audit.ts";
import { addDeskCommand } from "./desk.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addDocumentsCommand } from "./documents.ts";
import { addEnterprisesCommand } from "./enterprises.ts";
import { addEvalCommand } from "./eval.ts";
import { addFaqCommand } from "./faq.ts";
import { addIngestCommand } from "./ingest.ts";
import { addListsCommand } from "./lists.ts";
import { addMatchCommand } from "./match.ts";
import { addOutlineCommand } from "./outline.ts";
import { addProgramsCommand } from "./programs.ts";
import { addPublishCommand } from "./publish.ts";
import { addReviewCommand } from "./review.ts";
import { addSearchCommand } from "./search.ts";
import { speakChinese } from "./speak-chinese.ts";
import { addStartCommand } from "./start.ts";
import { addTicketsCommand } from "./tickets.ts";
import { addTriageCommand } from "./triage.ts";
import { addWatchCommands } from "./watch.ts";

/** Every command, in the order of the help text. */
export function addCommands(program: Command): void {
  speakChinese(program);
  addStartCommand(program);
  addAskCommand(program);
  addMatchCommand(program);
  addSearchCommand(program);
  addIngestCommand(program);
  addOutlineCommand(program);
  addDocumentsCommand(program);
  addPublishCommand(program);
  addReviewCommand(program);
  addFaqCommand(program);
  addProgramsCommand(program);
  addListsCommand(program);
  addEnterprisesCommand(program);
  addTriageCommand(program);
  addTicketsCommand(program);
  addDeskCommand(program);
  addAccessCommands(program);
  addAuditCommand(program);
  addWatchCommands(program);
  addEvalCommand(program);
  addDoctorCommand(program);
}
