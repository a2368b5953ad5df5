import { parentPort, workerData } from "node:worker_threads";
import { type OnnxSession, openOnnxSession, RuntimeMissing } from "./onnx-session.ts";
import type { WorkerAnswer, WorkerRequest, WorkerStart } from "./worker-messages.ts";

// Runs the model beside the main thread, which a batch would hold up for a second and more.

const { modelPath, pooling } = workerData as WorkerStart;
const session: Promise<OnnxSession> = openOnnxSession(modelPath, pooling);
session.catch(() => undefined);

parentPort?.on("message", async ({ id, batch }: WorkerRequest) => {
  let answer: WorkerAnswer;
  try {
    answer = { id, vectors: await (await session).run(batch) };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    answer = { id, error: { reason, runtimeMissing: thrown instanceof RuntimeMissing } };
  }
  parentPort?.postMessage(answer);
});
