import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { jsonResponse, refusals, toSchema } from "./openapi-parts.ts";
import { parseRequest } from "./parse-request.ts";
import type { TriageServices } from "./types.ts";

const requestSchema = z.strictObject({
  id: z
    .union([z.string().max(200), z.number()])
    .optional()
    .meta({ description: "原样返回" }),
  text: z.string().min(1, "请给出 text。").max(20_000, "text 不能超过 20000 字。"),
  profile: z.record(z.string().max(60), z.unknown()).optional(),
});

const replySchema = z
  .object({
    id: z.union([z.string(), z.number()]).optional(),
    category: z.string().meta({ description: "C01–C15" }),
    categoryName: z.string(),
    urgency: z.enum(["紧急", "高", "中", "低"]),
    lead: z.array(z.string()).meta({ description: "按园区分派表，首个牵头" }),
    also: z.array(z.string()).meta({ description: "其他事项的类别" }),
    reason: z.string(),
    safetyNotice: z.string().optional(),
    confidence: z.number(),
    elapsedMs: z.number(),
  })
  .meta({ id: "Triage" });

/** One request, classified and routed, kept by nobody. */
export function addTriageRoute(server: FastifyInstance, { triage }: TriageServices): void {
  server.post("/api/v1/triage", async (request) => {
    const { id, text, profile } = parseRequest(requestSchema, request.body);
    const reply = await triage({ text, ...(profile && { profile }) });
    return { ...(id !== undefined && { id }), ...reply };
  });
}

export function describeTriagePath(): Record<string, object> {
  return {
    "/api/v1/triage": {
      post: {
        operationId: "triageRequest",
        summary: "判断一项诉求的类别、紧急程度和受理部门；不保存",
        requestBody: {
          required: true,
          content: { "application/json": { schema: toSchema(requestSchema) } },
        },
        responses: { 200: jsonResponse("分派结果", replySchema), ...refusals(400, 413, 415, 429, 500) },
      },
    },
  };
}
