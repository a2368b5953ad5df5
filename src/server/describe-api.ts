import { z } from "zod";
import {
  answerSchema,
  askRequestSchema,
  documentListSchema,
  documentRequestSchema,
  documentSchema,
  errorSchema,
  listRequestSchema,
} from "./api-schema.ts";

/** OpenAPI 3.1 of the REST interface, from the schemas that check the requests. */
export function describeApi(): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "贤策 REST 接口",
      version: "1.0.0",
      description: "政策问答与已发布文件。引文与原文逐字一致，偏移为 UTF-16 单位。",
    },
    paths: {
      "/api/v1/ask": {
        post: {
          operationId: "askQuestion",
          summary: "提一个问题，得到附原文出处的回答",
          requestBody: {
            required: true,
            content: { "application/json": { schema: toSchema(askRequestSchema) } },
          },
          responses: { 200: jsonResponse("回答", answerSchema), ...refusals(400, 404, 413, 415, 429, 500) },
        },
      },
      "/api/v1/documents": {
        get: {
          operationId: "listDocuments",
          summary: "已发布的文件",
          parameters: queryParameters(listRequestSchema),
          responses: { 200: jsonResponse("文件清单", documentListSchema), ...refusals(400, 429, 500) },
        },
      },
      "/api/v1/documents/{id}": {
        get: {
          operationId: "getDocument",
          summary: "一份文件的元数据、全文与目录",
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "string" } },
            ...queryParameters(documentRequestSchema),
          ],
          responses: { 200: jsonResponse("文件", documentSchema), ...refusals(400, 404, 429, 500) },
        },
      },
    },
  };
}

const REFUSAL_NAMES: Record<number, string> = {
  400: "请求不正确",
  404: "没有该文件",
  413: "请求过大",
  415: "不是 JSON",
  429: "过于频繁，见 Retry-After",
  500: "系统错误，凭编号查日志",
};

function refusals(...statuses: number[]): Record<number, object> {
  return Object.fromEntries(
    statuses.map((status) => [status, jsonResponse(REFUSAL_NAMES[status] ?? "错误", errorSchema)]),
  );
}

function jsonResponse(description: string, schema: z.ZodType): object {
  return { description, content: { "application/json": { schema: toSchema(schema, "output") } } };
}

function queryParameters(schema: z.ZodObject): object[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties).map(([name, property]) => ({ name, in: "query", schema: property }));
}

/** Inlined: each schema stands on its own, so that a reader needs no look-ups. */
function toSchema(schema: z.ZodType, io: "input" | "output" = "input"): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, reused: "inline" });
  return rest;
}
