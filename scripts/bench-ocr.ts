import { parseArgs } from "node:util";
import { flattenPhotograph } from "../src/readers/ocr/flatten-photograph.ts";
import { recognizePage } from "../src/readers/ocr/index.ts";
import type { PageImage } from "../src/readers/types.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { countErrors, countMissing, toCharacters, toReadingOrder } from "./bench-ocr/count-errors.ts";
import { makeSamplePages, renderSample, type SamplePage } from "./bench-ocr/pages.ts";
import { spoilPicture, WAYS, type Way } from "./bench-ocr/spoil-picture.ts";

/*
 * Accuracy, seconds a page and memory of the recognition, on invented pages in the style of official documents.
 *   node scripts/bench-ocr.ts [--dpi 150,200,300] [--ways clean,skew,noisy,photograph] [--font "Noto Serif SC"] [--repeat 50]
 * `--font` must be installed or in the browser's font directories; `--repeat` reads one page again and again and prints memory.
 */

const { values } = parseArgs({
  options: {
    dpi: { type: "string", default: "200" },
    ways: { type: "string", default: WAYS.join(",") },
    font: { type: "string", default: "Noto Sans Hans" },
    repeat: { type: "string", default: "0" },
  },
});

interface Tally {
  characters: number;
  errors: number;
  pages: number;
  seconds: number;
  processorSeconds: number;
}

async function measurePage(sample: SamplePage, image: PageImage, way: Way, tally: Tally): Promise<void> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const page = await recognizePage(way === "photograph" ? flattenPhotograph(image) : image);
  const { user, system } = process.cpuUsage(used);
  const read = toReadingOrder(page.runs);
  tally.errors += (sample.name === "table" ? countMissing : countErrors)(read, sample.text);
  tally.characters += toCharacters(sample.text).length;
  tally.pages += 1;
  tally.seconds += (performance.now() - began) / 1000;
  tally.processorSeconds += (user + system) / 1e6;
}

function print(name: string, { characters, errors, pages, seconds, processorSeconds }: Tally): void {
  const cells = [
    name.padEnd(18),
    `accuracy ${(1 - errors / characters).toFixed(4)}`,
    `${(seconds / pages).toFixed(1)} s a page`,
    `${(processorSeconds / pages).toFixed(1)} s of processor`,
    `peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  ];
  console.log(cells.join("   "));
}

const samples = makeSamplePages(`'${values.font}','Noto Sans Hans'`);
const browser = await launchBrowser();
for (const dpi of values.dpi.split(",").map(Number)) {
  const context = await browser.newContext({
    viewport: { width: 794, height: 1123 },
    deviceScaleFactor: dpi / 96,
  });
  const tab = await context.newPage();
  const pictures = new Map<SamplePage, Buffer>();
  for (const sample of samples) pictures.set(sample, await renderSample(tab, sample.html));
  await context.close();
  for (const way of WAYS.filter((one) => values.ways.split(",").includes(one))) {
    const tally: Tally = { characters: 0, errors: 0, pages: 0, seconds: 0, processorSeconds: 0 };
    for (const [sample, png] of pictures) {
      await measurePage(sample, await spoilPicture(png, way, dpi), way, tally);
    }
    print(`${dpi} dpi ${way}`, tally);
  }
  const first = samples[0];
  const png = first && pictures.get(first);
  for (let turn = 1; png && turn <= Number(values.repeat); turn += 1) {
    await recognizePage(await spoilPicture(png, "clean", dpi));
    if (turn % 10 === 0) console.log(`${turn} pages: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`);
  }
}
await browser.close();
