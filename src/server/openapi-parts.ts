import { z } from "zod";
import { errorSchema } from "./api-schema.ts";

const REFUSAL_NAMES: Record<number, string> = {
  400: "请求不正确",
  401: "没有有效的访问令牌",
  403: "没有该项权限",
  404: "没有该文件",
  409: "与现状冲突，如他人已先处理",
  413: "请求过大",
  415: "不是 JSON",
  429: "过于频繁，见 Retry-After",
  500: "系统错误，凭编号查日志",
};

export function refusals(...statuses: number[]): Record<number, object> {
  return Object.fromEntries(
    statuses.map((status) => [status, jsonResponse(REFUSAL_NAMES[status] ?? "错误", errorSchema)]),
  );
}

export function jsonResponse(description: string, schema: z.ZodType): object {
  return { description, content: { "application/json": { schema: toSchema(schema, "output") } } };
}

export function queryParameters(schema: z.ZodObject): object[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties).map(([name, property]) => ({ name, in: "query", schema: property }));
}

/** Inlined: each schema stands on its own, so that a reader needs no look-ups. */
export function toSchema(schema: z.ZodType, io: "input" | "output" = "input"): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, reused: "inline" });
  return rest;
}
