export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  add(labels: Labels, amount?: number): void;
}

export interface Histogram {
  observe(labels: Labels, value: number): void;
}

export interface Sample {
  labels: Labels;
  value: number;
}

/** Counts for Prometheus, in its text format 0.0.4. */
export interface Metrics {
  counter(name: string, help: string): Counter;
  /** `bounds`: upper bounds of the buckets, ascending, in the unit that the name says. */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram;
  /** Read when the metrics are asked for. */
  gauge(name: string, help: string, read: () => Promise<Sample[]> | Sample[]): void;
  render(): Promise<string>;
}

type Family = { name: string; help: string; type: string; lines: () => Promise<string[]> };

export function createMetrics(): Metrics {
  const families: Family[] = [];
  return {
    counter(name, help) {
      const values = new Map<string, number>();
      families.push({ name, help, type: "counter", lines: async () => writeValues(name, values) });
      return {
        add(labels, amount = 1) {
          const key = writeLabels(labels);
          values.set(key, (values.get(key) ?? 0) + amount);
        },
      };
    },
    histogram(name, help, bounds) {
      const series = new Map<string, { labels: Labels; buckets: number[]; sum: number }>();
      families.push({
        name,
        help,
        type: "histogram",
        lines: async () => writeHistogram(name, bounds, series),
      });
      return {
        observe(labels, value) {
          const key = writeLabels(labels);
          const entry = series.get(key) ?? { labels, buckets: bounds.map(() => 0).concat(0), sum: 0 };
          const index = bounds.findIndex((bound) => value <= bound);
          const slot = index === -1 ? bounds.length : index;
          entry.buckets[slot] = (entry.buckets[slot] ?? 0) + 1;
          entry.sum += value;
          series.set(key, entry);
        },
      };
    },
    gauge(name, help, read) {
      const lines = async () =>
        (await read()).map(({ labels, value }) => `${name}${writeLabels(labels)} ${value}`);
      families.push({ name, help, type: "gauge", lines });
    },
    async render() {
      const parts = await Promise.all(
        families.map(async ({ name, help, type, lines }) => [
          `# HELP ${name} ${help}`,
          `# TYPE ${name} ${type}`,
          ...(await lines()),
        ]),
      );
      return `${parts.flat().join("\n")}\n`;
    },
  };
}

function writeValues(name: string, values: ReadonlyMap<string, number>): string[] {
  return [...values].map(([labels, value]) => `${name}${labels} ${value}`);
}

function writeHistogram(
  name: string,
  bounds: readonly number[],
  series: ReadonlyMap<string, { labels: Labels; buckets: number[]; sum: number }>,
): string[] {
  return [...series.values()].flatMap(({ labels, buckets, sum }) => {
    let total = 0;
    const lines = buckets.map((count, index) => {
      total += count;
      const le = index < bounds.length ? String(bounds[index]) : "+Inf";
      return `${name}_bucket${writeLabels({ ...labels, le })} ${total}`;
    });
    return [
      ...lines,
      `${name}_sum${writeLabels(labels)} ${sum}`,
      `${name}_count${writeLabels(labels)} ${total}`,
    ];
  });
}

function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
