import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "./sample-vectors.ts";

/** Protobuf by hand: field number and wire type, then a varint or a length and bytes. */
type Field = readonly [number: number, value: number | string | Uint8Array | Field[]];

function encode(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === "number") return Buffer.concat([varint(number << 3), varint(value)]);
      const bytes = Array.isArray(value) ? encode(value as Field[]) : Buffer.from(value as string);
      return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

const FLOAT = 1;
const INT64 = 7;

function describeTensor(name: string, elementType: number, dimensions: (string | number)[]): Field[] {
  const shape = dimensions.map(
    (dimension): Field => [1, typeof dimension === "number" ? [[1, dimension]] : [[2, dimension]]],
  );
  return [
    [1, name],
    [
      2,
      [
        [
          1,
          [
            [1, elementType],
            [2, shape],
          ],
        ],
      ],
    ],
  ];
}

/**
 * The smallest model that is shaped like BERT: `last_hidden_state` is a row of random numbers for each token id. So a
 * test can reckon the right vector of any text by itself.
 */
function encodeTinyModel(table: Float32Array, rows: number, width: number): Uint8Array {
  const node: Field[] = [
    [1, "table"],
    [1, "input_ids"],
    [2, "last_hidden_state"],
    [3, "lookup"],
    [4, "Gather"],
  ];
  const weights: Field[] = [
    ...[[1, rows] as Field, [1, width] as Field],
    [2, FLOAT],
    [8, "table"],
    [9, new Uint8Array(table.buffer)],
  ];
  const graph: Field[] = [
    [1, node],
    [2, "tiny"],
    [5, weights],
    [11, describeTensor("input_ids", INT64, ["batch", "sequence"])],
    [11, describeTensor("attention_mask", INT64, ["batch", "sequence"])],
    [12, describeTensor("last_hidden_state", FLOAT, ["batch", "sequence", width])],
  ];
  return encode([
    [1, 8],
    [7, graph],
    [8, [[2, 13]]],
  ]);
}

export interface TinyModel {
  directory: string;
  vocabulary: string[];
  /** The row of random numbers of a token. */
  rowOf(token: string): Float32Array;
}

const VOCABULARY = [
  ...["[PAD]", "[UNK]", "[CLS]", "[SEP]"],
  ..."政策人才租房孵化器企业上市奉贤查：",
  ...["angel", "fund", "##ing", "##s", "2026", "a", "##b"],
];

/** A model directory as an operator would bring it; `files` are added or, when null, left out. */
export function writeTinyModel(
  files: Record<string, string | Uint8Array | null> = {},
  { width = 8, name = "tiny" }: { width?: number; name?: string } = {},
): TinyModel {
  const directory = join(mkdtempSync(join(tmpdir(), "model-")), name);
  const random = createRandom(7);
  const table = Float32Array.from({ length: VOCABULARY.length * width }, () => random() - 0.5);
  const all: Record<string, string | Uint8Array | null> = {
    "model.onnx": encodeTinyModel(table, VOCABULARY.length, width),
    "vocab.txt": `${VOCABULARY.join("\n")}\n`,
    ...files,
  };
  for (const [file, content] of Object.entries(all)) {
    if (content === null) continue;
    mkdirSync(join(directory, file, ".."), { recursive: true });
    writeFileSync(join(directory, file), content);
  }
  return {
    directory,
    vocabulary: VOCABULARY,
    rowOf: (token) => {
      const row = VOCABULARY.indexOf(token);
      return table.slice(row * width, (row + 1) * width);
    },
  };
}
