import { readFileSync } from "node:fs";

/** Of the reading processes of this process, from `/proc`; on other systems unknown. */
export interface ChildFigures {
  id: string;
  residentMb: number;
  peakMb: number;
  /** Seconds of processor time since it was started. */
  processor: number;
}

const TICKS_PER_SECOND = 100;

export function readChild(): ChildFigures | undefined {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
    const child = children.find((id) =>
      readFileSync(`/proc/${id}/cmdline`, "utf8").includes("reading-process"),
    );
    if (child === undefined) return undefined;
    const status = readFileSync(`/proc/${child}/status`, "utf8");
    const megabytes = (field: string) =>
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024;
    // After the name, which stands in brackets and may hold blanks: state is field 3, utime 14, stime 15.
    const fields = readFileSync(`/proc/${child}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const processor = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    return { id: child, residentMb: megabytes("VmRSS"), peakMb: megabytes("VmHWM"), processor };
  } catch {
    return undefined;
  }
}

/** Over processes that follow one another: a reading process is replaced after some fifty documents. */
export function watchChildren() {
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  let peakMb = 0;
  return {
    look(): void {
      const child = readChild();
      if (!child) return;
      peakMb = Math.max(peakMb, child.peakMb);
      // One that was not there before counts from its start.
      if (!first.has(child.id)) first.set(child.id, first.size === 0 ? child.processor : 0);
      last.set(child.id, child.processor);
    },
    peakMb: () => peakMb,
    /** Since the first look, or since the first process was started. */
    processor: (from: "first look" | "start" = "first look") =>
      [...last].reduce(
        (total, [id, used]) => total + used - (from === "start" ? 0 : (first.get(id) ?? 0)),
        0,
      ),
  };
}
