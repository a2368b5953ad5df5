#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { addCommands } from "./commands/index.ts";
import { EXIT } from "./commands/run-command.ts";

// What was compiled once starts faster; where nothing may be written, everything works as well.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/xiance"));

const program = new Command("xiance")
  .description("贤策：园区政策问答与服务助手")
  .helpOption("-h, --help", "显示帮助")
  .helpCommand("help [command]", "显示某个命令的帮助")
  .exitOverride();
addCommands(program);

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  process.exitCode = thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
}
