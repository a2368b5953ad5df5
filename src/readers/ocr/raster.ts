/** Pixels in memory, 8-bit RGBA, row by row. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** One byte a pixel, row by row. */
export interface Plane {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Scales by the mean of what falls on each pixel, so that thin strokes fade instead of vanishing. */
export function shrinkRaster(raster: Raster, width: number, height: number): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  const columns = cutSpans(raster.width, width);
  const rows = cutSpans(raster.height, height);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [rows[y] as number, Math.max(rows[y + 1] as number, (rows[y] as number) + 1)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [
        columns[x] as number,
        Math.max(columns[x + 1] as number, (columns[x] as number) + 1),
      ];
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row += 1) {
        let at = (row * raster.width + left) * 4;
        for (let column = left; column < right; column += 1, at += 4) {
          red += raster.data[at] as number;
          green += raster.data[at + 1] as number;
          blue += raster.data[at + 2] as number;
        }
      }
      const count = (bottom - top) * (right - left);
      const to = (y * width + x) * 4;
      data[to] = red / count;
      data[to + 1] = green / count;
      data[to + 2] = blue / count;
      data[to + 3] = 255;
    }
  }
  return { width, height, data };
}

function cutSpans(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to + 1 }, (_, index) => Math.min(from, Math.floor((index * from) / to)));
}

export function toLuminance(raster: Raster): Plane {
  const data = new Uint8Array(raster.width * raster.height);
  for (let index = 0, at = 0; index < data.length; index += 1, at += 4) {
    data[index] =
      ((raster.data[at] as number) * 77 +
        (raster.data[at + 1] as number) * 150 +
        (raster.data[at + 2] as number) * 29) >>
      8;
  }
  return { width: raster.width, height: raster.height, data };
}

/** By a quarter turn clockwise, once to three times. */
export function turnRaster(raster: Raster, quarters: 1 | 2 | 3): Raster {
  const { width, height } = raster;
  const [toWidth, toHeight] = quarters === 2 ? [width, height] : [height, width];
  const from = new Uint32Array(raster.data.buffer, raster.data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at =
        quarters === 1
          ? x * toWidth + (height - 1 - y)
          : quarters === 2
            ? (height - 1 - y) * toWidth + (width - 1 - x)
            : (width - 1 - x) * toWidth + y;
      to[at] = from[y * width + x] as number;
    }
  }
  return { width: toWidth, height: toHeight, data: new Uint8ClampedArray(to.buffer) };
}

/** Turns by a few degrees about the centre, clockwise when positive; what comes in at the corners is white. Same size. */
export function rotateRaster(raster: Raster, degrees: number): Raster {
  const { width, height } = raster;
  const radians = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  const [middleX, middleY] = [width / 2, height / 2];
  return sampleRaster(raster, width, height, {
    x: middleX - cosine * middleX - sine * middleY,
    y: middleY + sine * middleX - cosine * middleY,
    alongX: cosine,
    alongY: -sine,
    downX: sine,
    downY: cosine,
  });
}

/** Where the target's pixel (0, 0) lies in the source, and how far a pixel to the right or down moves there. */
export interface Sampling {
  x: number;
  y: number;
  alongX: number;
  alongY: number;
  downX: number;
  downY: number;
}

/** Bilinear; white outside. Shrinking by more than 1.4 takes the mean of several samples a pixel. */
export function sampleRaster(source: Raster, width: number, height: number, sampling: Sampling): Raster {
  const { alongX, alongY, downX, downY } = sampling;
  const scale = Math.max(Math.hypot(alongX, alongY), Math.hypot(downX, downY));
  const parts = scale > 1.4 ? Math.min(4, Math.ceil(scale)) : 1;
  const data = new Uint8ClampedArray(width * height * 4);
  const sum = new Float64Array(3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      sum.fill(0);
      for (let part = 0; part < parts * parts; part += 1) {
        const right = x + ((part % parts) + 0.5) / parts;
        const down = y + (Math.floor(part / parts) + 0.5) / parts;
        addSample(
          source,
          sampling.x + right * alongX + down * downX - 0.5,
          sampling.y + right * alongY + down * downY - 0.5,
          sum,
        );
      }
      const to = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel += 1)
        data[to + channel] = (sum[channel] as number) / (parts * parts);
      data[to + 3] = 255;
    }
  }
  return { width, height, data };
}

function addSample(source: Raster, x: number, y: number, sum: Float64Array): void {
  const { width, height, data } = source;
  if (x < -1 || y < -1 || x > width || y > height) {
    for (let channel = 0; channel < 3; channel += 1) sum[channel] = (sum[channel] as number) + 255;
    return;
  }
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const shareX = Math.min(1, Math.max(0, x - left));
  const shareY = Math.min(1, Math.max(0, y - top));
  const topLeft = (top * width + left) * 4;
  const topRight = (top * width + right) * 4;
  const bottomLeft = (bottom * width + left) * 4;
  const bottomRight = (bottom * width + right) * 4;
  for (let channel = 0; channel < 3; channel += 1) {
    const above =
      (data[topLeft + channel] as number) * (1 - shareX) + (data[topRight + channel] as number) * shareX;
    const below =
      (data[bottomLeft + channel] as number) * (1 - shareX) +
      (data[bottomRight + channel] as number) * shareX;
    sum[channel] = (sum[channel] as number) + above * (1 - shareY) + below * shareY;
  }
}
