import { connect } from "node:net";
import multipart from "@fastify/multipart";
import { fastify } from "fastify";
import { UPLOAD_LIMITS } from "../../src/channels/web/read-upload.ts";
import type { UploadStore } from "../../src/channels/web/stores.ts";
import { createFileTaker } from "../../src/channels/web/take-files.ts";
import type { AcceptMessage, InboundMessage } from "../../src/conversation/index.ts";
import { systemClock } from "../../src/shared/index.ts";

/** The route for files before a conversation of the test's own. */
export interface Uploads {
  accepted: InboundMessage[];
  onAccept: AcceptMessage;
  /** Requests that were dealt with to the end. */
  finished(): number;
  send(
    files: [name: string, content: string][],
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Announces more than it sends, and hangs up. */
  sendCut(name: string, announced: number): Promise<void>;
  close(): Promise<void>;
}

export async function openUploads(store: UploadStore, maxWaitingBytes?: number): Promise<Uploads> {
  const server = fastify();
  let finished = 0;
  await server.register(multipart, UPLOAD_LIMITS);
  const takeFiles = createFileTaker({
    accept: async (message) => {
      const outcome = await uploads.onAccept(message);
      if (outcome === "accepted") uploads.accepted.push(message);
      return outcome;
    },
    uploads: store,
    clock: systemClock,
    ...(maxWaitingBytes !== undefined && { maxWaitingBytes }),
  });
  server.post("/files", async (request, reply) => {
    try {
      return await takeFiles(request, reply, { session: "session-1", embedded: false });
    } finally {
      finished += 1;
    }
  });
  const address = await server.listen({ port: 0, host: "127.0.0.1" });
  const uploads: Uploads = {
    accepted: [],
    onAccept: async () => "accepted",
    finished: () => finished,
    async send(files, fields = {}, headers = {}) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ clientMessageId: "message-1", ...fields }))
        form.set(name, value);
      for (const [name, content] of files) form.append("files", new Blob([content]), name);
      return fetch(`${address}/files`, { method: "POST", body: form, headers });
    },
    async sendCut(name, announced) {
      const head = [
        "--cut\r\ncontent-disposition: form-data; name=clientMessageId\r\n\r\nmessage-1\r\n",
        `--cut\r\ncontent-disposition: form-data; name=files; filename=${name}\r\n\r\n`,
      ].join("");
      const socket = connect(Number(new URL(address).port), "127.0.0.1");
      await new Promise<void>((resolve) => {
        socket.write(
          `POST /files HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=cut\r\ncontent-length: ${announced}\r\n\r\n${head}half of it`,
          () => setTimeout(resolve, 50),
        );
      });
      socket.destroy();
    },
    close: () => server.close(),
  };
  return uploads;
}
