import type { z } from "zod";
import { jsonResponse, queryParameters, refusals, toSchema } from "../openapi-parts.ts";
import { ADMIN_PREFIX } from "./add-admin-routes.ts";
import type { AdminRoute } from "./admin-routes.ts";
import { outcome } from "./admin-schema.ts";
import { ADMIN_ROUTES } from "./all-admin-routes.ts";

/** Either of them. */
const SECURITY = [{ bearer: [] }, { session: [] }];

/** Paths of the administrators' interface, from the table that makes its routes. */
export function describeAdminPaths(): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {
    [`${ADMIN_PREFIX}/submissions`]: { post: describeUpload() },
  };
  for (const route of ADMIN_ROUTES) {
    const path = ADMIN_PREFIX + route.path.replace(/:([a-z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) };
  }
  return paths;
}

function describeUpload(): object {
  const file = {
    type: "object",
    required: ["file"],
    properties: { file: { type: "string", format: "binary" } },
  };
  return {
    operationId: "submitFile",
    summary: "收取一个文件：保存原件，读取，等待提交复核",
    security: SECURITY,
    requestBody: { required: true, content: { "multipart/form-data": { schema: file } } },
    responses: {
      200: jsonResponse("已读取", outcome),
      422: jsonResponse("未能读取，原件已保存", outcome),
      ...refusals(400, 401, 403, 413, 415, 429, 500),
    },
  };
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function describeRoute(route: AdminRoute): object {
  const { path, operationId, summary, body, query, response, isFile } = route;
  const file = { type: "string", format: "binary" };
  const success = isFile
    ? { description: summary, content: { [XLSX]: { schema: file } } }
    : jsonResponse(summary, response);
  const names = [...path.matchAll(/:([a-z]+)/g)].map((match) => match[1] ?? "");
  const parameters = [
    ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    ...(query ? queryParameters(query) : []),
  ];
  return {
    operationId,
    summary,
    security: SECURITY,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: describeBody(body) }),
    responses: { 200: success, ...refusals(400, 401, 403, 404, 409, 429, 500) },
  };
}

function describeBody(body: z.ZodObject): object {
  return { required: true, content: { "application/json": { schema: toSchema(body) } } };
}
