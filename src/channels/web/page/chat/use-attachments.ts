import { useState } from "react";
import { writeSize } from "../reply/write-size.ts";
import type { FileLimits } from "../shared/chat-service.ts";
import type { Words } from "../words/words.ts";

export interface Attachments {
  files: readonly File[];
  /** Why the last ones were not taken. */
  problem: string;
  add(files: readonly File[]): void;
  remove(file: File): void;
  clear(): void;
}

/** Files that go with the next message. */
export function useAttachments(words: Words, limits: FileLimits | undefined): Attachments {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState("");
  return {
    files,
    problem,
    add(added) {
      if (!limits) return setProblem(words.noFiles);
      const fitting = added.filter(({ size }) => size > 0 && size <= limits.fileBytes);
      const unfit = added.find((file) => !fitting.includes(file));
      const known = new Set(files.map(nameOf));
      const next = [...files, ...fitting.filter((file) => !known.has(nameOf(file)))];
      setFiles(next.slice(0, limits.files));
      if (unfit)
        setProblem(
          unfit.size === 0
            ? words.empty(unfit.name)
            : words.tooLarge(unfit.name, writeSize(limits.fileBytes)),
        );
      else setProblem(next.length > limits.files ? words.tooMany(limits.files) : "");
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
