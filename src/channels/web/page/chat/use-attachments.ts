import { useState } from "react";
import type { Words } from "../words/words.ts";

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_FILES = 5;

export interface Attachments {
  files: readonly File[];
  /** Why the last ones were not taken. */
  problem: string;
  add(files: readonly File[]): void;
  remove(file: File): void;
  clear(): void;
}

/** Files that go with the next message. */
export function useAttachments(words: Words): Attachments {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState("");
  return {
    files,
    problem,
    add(added) {
      const fitting = added.filter(({ size }) => size > 0 && size <= MAX_BYTES);
      const unfit = added.find((file) => !fitting.includes(file));
      const known = new Set(files.map(nameOf));
      const next = [...files, ...fitting.filter((file) => !known.has(nameOf(file)))];
      setFiles(next.slice(0, MAX_FILES));
      if (unfit) setProblem(unfit.size === 0 ? words.empty(unfit.name) : words.tooLarge(unfit.name));
      else setProblem(next.length > MAX_FILES ? words.tooMany : "");
    },
    remove(file) {
      setFiles(files.filter((each) => each !== file));
      setProblem("");
    },
    clear() {
      setFiles([]);
      setProblem("");
    },
  };
}

function nameOf({ name, size, lastModified }: File): string {
  return `${name} ${size} ${lastModified}`;
}
