import { type Canvas, createCanvas } from "@napi-rs/canvas";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import PDFDocument from "pdfkit";

/** How the sheet went through the scanner. */
interface ScanQuality {
  degrees: number;
  noise: number;
  specks: number;
  quality: number;
  dpi?: number;
  /** A round seal over the end of the text. */
  seal?: boolean;
  /** The sheet lay across. */
  sideways?: boolean;
}

const QUALITIES: Readonly<Record<string, ScanQuality>> = {
  clean: { degrees: 0, noise: 2, specks: 4, quality: 35 },
  skewed: { degrees: 1.2, noise: 4, specks: 60, quality: 35 },
  noisy: { degrees: -0.7, noise: 9, specks: 900, quality: 30 },
  stamped: { degrees: 0.3, noise: 4, specks: 30, quality: 40, dpi: 150, seal: true },
  sideways: { degrees: 0, noise: 2, specks: 10, quality: 35, sideways: true },
};
const DPI = 200;

/** Pages of a PDF as a scanner at 200 dpi would hand them over: gray JPEG in a PDF without text. */
export async function scanPdf(pdf: Buffer, quality: string): Promise<Buffer> {
  const how = QUALITIES[quality];
  if (!how) throw new Error(`no quality ${quality}`);
  const dpi = how.dpi ?? DPI;
  const pages = await rasterize(pdf, dpi);
  const document = new PDFDocument({ autoFirstPage: false, info: { CreationDate: new Date() } });
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => document.on("end", () => resolve()));
  for (const [index, upright] of pages.entries()) {
    const page = how.sideways ? turnSideways(upright) : upright;
    const size: [number, number] = [(page.width * 72) / dpi, (page.height * 72) / dpi];
    document.addPage({ size, margin: 0 });
    document.image(degrade(page, how, index).toBuffer("image/jpeg", how.quality), 0, 0, {
      width: size[0],
      height: size[1],
    });
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** The first page as a telephone sees it on a wall: turned, unevenly lit, a dark margin, a little out of focus. */
export async function photographPdf(pdf: Buffer): Promise<Buffer> {
  const [page] = await rasterize(pdf);
  if (!page) throw new Error("no page");
  const photo = createCanvas(1500, 2000);
  const brush = photo.getContext("2d");
  brush.fillStyle = "#6d675d";
  brush.fillRect(0, 0, photo.width, photo.height);
  brush.setTransform(0.83, 0.035, -0.022, 0.835, 85, 15);
  brush.drawImage(page, 0, 0);
  brush.resetTransform();
  const light = brush.createLinearGradient(0, 0, photo.width, photo.height);
  light.addColorStop(0, "rgba(255, 244, 214, 0.10)");
  light.addColorStop(0.5, "rgba(90, 80, 60, 0.10)");
  light.addColorStop(1, "rgba(20, 20, 40, 0.38)");
  brush.fillStyle = light;
  brush.fillRect(0, 0, photo.width, photo.height);
  soil(photo, { degrees: 0, noise: 5, specks: 0, quality: 60 }, 3);
  return photo.toBuffer("image/jpeg", 60);
}

async function rasterize(pdf: Buffer, dpi = DPI): Promise<Canvas[]> {
  const task = getDocument({ data: new Uint8Array(pdf), disableFontFace: true, verbosity: 0 });
  const document = await task.promise;
  const pages: Canvas[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: dpi / 72 });
    const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
    const canvasContext = canvas.getContext("2d");
    canvasContext.fillStyle = "#ffffff";
    canvasContext.fillRect(0, 0, canvas.width, canvas.height);
    await page.render({ canvas: null, canvasContext: canvasContext as never, viewport }).promise;
    pages.push(canvas);
  }
  await task.destroy();
  return pages;
}

function degrade(page: Canvas, how: ScanQuality, index: number): Canvas {
  const turned = createCanvas(page.width, page.height);
  const brush = turned.getContext("2d");
  brush.fillStyle = "#fbfbfb";
  brush.fillRect(0, 0, page.width, page.height);
  brush.translate(page.width / 2, page.height / 2);
  brush.rotate((how.degrees * (index % 2 ? -1 : 1) * Math.PI) / 180);
  brush.drawImage(page, -page.width / 2, -page.height / 2);
  brush.resetTransform();
  if (how.seal) drawSeal(turned);
  soil(turned, how, index + 1);
  return turned;
}

function turnSideways(page: Canvas): Canvas {
  const turned = createCanvas(page.height, page.width);
  const brush = turned.getContext("2d");
  brush.translate(0, page.width);
  brush.rotate(-Math.PI / 2);
  brush.drawImage(page, 0, 0);
  return turned;
}

/** Where the date of a letter of one page stands; without words, which no office would recognise anyway. */
function drawSeal(page: Canvas): void {
  const brush = page.getContext("2d");
  const centre = { x: page.width * 0.73, y: page.height * 0.6 };
  const radius = page.width * 0.09;
  brush.strokeStyle = "rgba(205, 40, 40, 0.75)";
  brush.lineWidth = page.width * 0.005;
  brush.beginPath();
  brush.arc(centre.x, centre.y, radius, 0, 2 * Math.PI);
  brush.stroke();
  brush.fillStyle = "rgba(205, 40, 40, 0.7)";
  brush.beginPath();
  for (let point = 0; point < 10; point++) {
    const reach = radius * (point % 2 === 0 ? 0.35 : 0.14);
    const angle = (point * Math.PI) / 5 - Math.PI / 2;
    brush.lineTo(centre.x + reach * Math.cos(angle), centre.y + reach * Math.sin(angle));
  }
  brush.fill();
}

/** Gray, grain and specks, the same in every run. */
function soil(canvas: Canvas, { noise, specks }: ScanQuality, seed: number): void {
  const brush = canvas.getContext("2d");
  const image = brush.getImageData(0, 0, canvas.width, canvas.height);
  const next = createRandom(seed);
  for (let at = 0; at < image.data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = image.data.subarray(at, at + 3);
    const gray = red * 0.3 + green * 0.59 + blue * 0.11 + (next() + next() - 1) * noise;
    image.data.fill(Math.max(0, Math.min(255, gray)), at, at + 3);
  }
  brush.putImageData(image, 0, 0);
  brush.fillStyle = "rgba(40, 40, 40, 0.8)";
  for (let index = 0; index < specks; index++) {
    const size = 1 + Math.floor(next() * 3);
    brush.fillRect(next() * canvas.width, next() * canvas.height, size, size);
  }
}

/** Numbers that only look random: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
