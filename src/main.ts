#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { addCommands } from "./commands/index.ts";
import { EXIT } from "./commands/run-command.ts";

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
