import { AppError } from "../../shared/index.ts";

/** What is wrong with a program, where, and what to do; all in Chinese for the one who maintains the file. */
export interface ProgramProblem {
  /** Field, and entry of it: `criteria 的“stage”，test.operator`. */
  place: string;
  what: string;
  next: string;
}

export function describeProblem({ place, what, next }: ProgramProblem): string {
  return `${place}：${what}。${next}。`;
}

/** The error that stops a start: the first problem in full, the others counted. */
export function toConfigurationError(
  found: readonly { file: string; entry: string | null; problem: ProgramProblem }[],
  cause?: unknown,
): AppError {
  const lines = found.map(
    ({ file, entry, problem }) =>
      `${file}${entry === null ? "" : `（${entry}）`}：${describeProblem(problem)}`,
  );
  const shown = lines.slice(0, 5);
  const more = lines.length > shown.length ? `另有 ${lines.length - shown.length} 处。` : "";
  return new AppError({
    code: "configuration",
    message: `programs not loaded: ${lines.join(" ")}`,
    safeMessage: `项目目录有 ${lines.length} 处错误，一项也没有载入。${shown.join(" ")}${more}改正后请重新启动。`,
    ...(cause === undefined ? {} : { cause }),
  });
}
