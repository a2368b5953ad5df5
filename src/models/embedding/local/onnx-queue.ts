import { Worker } from "node:worker_threads";
import type { WorkerAnswer, WorkerRequest, WorkerStart } from "./worker-messages.ts";

/** Hands batches to the worker one at a time, questions before documents. */
export interface OnnxQueue {
  run(batch: readonly (readonly number[])[], urgent: boolean, signal?: AbortSignal): Promise<Float32Array[]>;
}

export class OnnxFailure extends Error {
  readonly runtimeMissing: boolean;
  constructor(reason: string, runtimeMissing = false) {
    super(reason);
    this.runtimeMissing = runtimeMissing;
  }
}

interface Job {
  batch: readonly (readonly number[])[];
  signal: AbortSignal | undefined;
  resolve(vectors: Float32Array[]): void;
  reject(reason: unknown): void;
}

/** The worker does not keep the process alive; one that died is started again for the next batch. */
export function createOnnxQueue(start: WorkerStart): OnnxQueue {
  const waiting: { urgent: Job[]; patient: Job[] } = { urgent: [], patient: [] };
  let worker: Worker | undefined;
  let current: Job | undefined;
  let lastId = 0;

  const settle = (finish: (job: Job) => void) => {
    const job = current;
    current = undefined;
    worker?.unref();
    if (job) finish(job);
    next();
  };
  const startWorker = (): Worker => {
    const started = new Worker(new URL("./onnx-worker.ts", import.meta.url), { workerData: start });
    started.on("message", (answer: WorkerAnswer) => {
      if (answer.id !== lastId) return;
      settle((job) => {
        if (answer.error === undefined) job.resolve(answer.vectors);
        else job.reject(new OnnxFailure(answer.error.reason, answer.error.runtimeMissing));
      });
    });
    const onEnd = (reason: string) => {
      if (worker !== started) return;
      worker = undefined;
      settle((job) => job.reject(new OnnxFailure(reason)));
    };
    started.on("error", (thrown) => onEnd(thrown instanceof Error ? thrown.message : String(thrown)));
    started.on("exit", () => onEnd("the model's thread ended"));
    return started;
  };
  const next = () => {
    if (current) return;
    const job = waiting.urgent.shift() ?? waiting.patient.shift();
    if (!job) return;
    if (job.signal?.aborted) {
      job.reject(job.signal.reason);
      next();
      return;
    }
    current = job;
    lastId += 1;
    worker ??= startWorker();
    worker.ref();
    worker.postMessage({ id: lastId, batch: job.batch } satisfies WorkerRequest);
  };
  return {
    run: (batch, urgent, signal) =>
      new Promise((resolve, reject) => {
        (urgent ? waiting.urgent : waiting.patient).push({ batch, signal, resolve, reject });
        next();
      }),
  };
}
