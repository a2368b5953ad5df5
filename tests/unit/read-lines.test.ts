import { expect, it } from "vitest";
import { readLines } from "../../src/shared/index.ts";

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(
    (async function* () {
      yield* chunks;
    })(),
  ))
    lines.push(line);
  return lines;
}

it("cuts at line feeds only, wherever the chunks end", async () => {
  expect(await linesOf("甲\r\n乙\u2028丙\u2029", "丁\n\n", "戊")).toEqual([
    "甲",
    "乙\u2028丙\u2029丁",
    "",
    "戊",
  ]);
  const bytes = new TextEncoder().encode("政策\r\n基金\n");
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(await linesOf(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(["政策", "基金"]);
  }
  expect(await linesOf()).toEqual([]);
});
