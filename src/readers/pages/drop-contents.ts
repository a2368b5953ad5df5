const LEADERS = /(?:[.．。·‧・…⋯‥•_-]\s?){4,}\s*[（(]?\s*\d{1,4}\s*[)）]?$|(?:…|⋯){2,}\s*\d{1,4}$/;
/** Below the words 目录 a figure at the end is enough, when it stands apart. */
const NUMBERED = /\S\s*(?:\s|[.．…·]{2,})\s*\d{1,4}$/;
const HEADING = /^目\s*[录次]$/;
const MIN_ENTRIES = 3;

export interface WithText {
  text: string;
}

/** Entries of a table of contents, which repeat the headings; `dropped` counts them. What stands between two entries goes along. */
export function findContents(lines: readonly WithText[]): ReadonlySet<number> {
  const dropped = new Set<number>();
  const entries: number[] = [];
  let underHeading = false;
  for (const [index, { text }] of lines.entries()) {
    if (HEADING.test(text)) {
      underHeading = true;
      entries.push(index);
    } else if (LEADERS.test(text) || (underHeading && NUMBERED.test(text))) entries.push(index);
    else if (index - (entries.at(-1) ?? -9) > 2) underHeading = false;
  }
  let group: number[] = [];
  const flush = () => {
    const headings = group.filter((index) => HEADING.test(lines[index]?.text ?? "")).length;
    if (group.length - headings >= MIN_ENTRIES) {
      const [first = 0, last = 0] = [group[0], group.at(-1)];
      for (let index = first; index <= last; index++) dropped.add(index);
    }
    group = [];
  };
  for (const index of entries) {
    if (group.length > 0 && index - (group.at(-1) ?? 0) > 3) flush();
    group.push(index);
  }
  flush();
  return dropped;
}
