import { describeTriagePath } from "./add-triage-route.ts";
import { describeAdminPaths } from "./admin/describe-admin-api.ts";
import {
  answerSchema,
  askRequestSchema,
  documentListSchema,
  documentRequestSchema,
  documentSchema,
  listRequestSchema,
} from "./api-schema.ts";
import { describeMatchPaths } from "./describe-match-api.ts";
import { jsonResponse, queryParameters, refusals, toSchema } from "./openapi-parts.ts";

/** OpenAPI 3.1 of the REST interface, from the schemas that check the requests. */
export function describeApi({
  withDesk,
  withMatching,
  withTriage,
}: {
  withDesk: boolean;
  withMatching: boolean;
  withTriage: boolean;
}): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "贤策 REST 接口",
      version: "1.0.0",
      description: "政策问答、已发布文件与文件管理。引文与原文逐字一致，偏移为 UTF-16 单位。",
    },
    components: {
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "用 token 命令签发；权限由 grant 授予的角色决定",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-xiance",
          description:
            "在本站页面用飞书账号登录后的会话（经 http 访问时名为 xiance_session）；只接受本站页面发出的请求，权限由该账号的角色决定",
        },
      },
    },
    paths: {
      ...(withDesk && describeAdminPaths()),
      ...(withMatching && describeMatchPaths()),
      ...(withTriage && describeTriagePath()),
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
