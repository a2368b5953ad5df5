/**
 * langchain sends every prompt to LangSmith, or prints it on stdout, when one of these is set in the environment; a
 * variable left over from another program must not carry questions of enterprises to a third party.
 */
const TRACING_VARIABLES = [
  "LANGSMITH_TRACING_V2",
  "LANGCHAIN_TRACING_V2",
  "LANGSMITH_TRACING",
  "LANGCHAIN_TRACING",
  "LANGCHAIN_VERBOSE",
];

/** Takes them out of this process's environment. langchain reads them at each call. Returns those that were set. */
export function silenceTracing(environment: NodeJS.ProcessEnv = process.env): string[] {
  const present = TRACING_VARIABLES.filter((name) => environment[name] !== undefined);
  for (const name of present) delete environment[name];
  return present;
}
