import { z } from "zod";
import type { Access, Actor } from "../../access/index.ts";
import { parseSidecar, type Sidecar } from "../../knowledge/index.ts";
import { type Publishing, readFaqContent } from "../../publishing/index.ts";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { MatchingServices, TriageServices } from "../types.ts";
import * as shape from "./admin-schema.ts";

export interface AdminParts {
  publishing: Publishing;
  access: Access;
  /** Absent: the addresses of programs and enterprises answer 404. */
  matching?: MatchingServices;
  /** Absent: the addresses of tickets answer 404. */
  triage?: TriageServices;
}

export interface AdminCall {
  by: Actor;
  params: Readonly<Record<string, string>>;
  body: unknown;
  query: unknown;
}

/** One operation: the route is made from it, and so is its description. */
export interface AdminRoute {
  method: "get" | "post" | "put" | "delete";
  /** Below `/api/v1/admin`. */
  path: string;
  operationId: string;
  summary: string;
  body?: z.ZodObject;
  query?: z.ZodObject;
  response: z.ZodType;
  /** The handler gives a ServedFile, which is sent as it is. */
  isFile?: true;
  handle(parts: AdminParts, call: AdminCall): Promise<unknown>;
}

type Typed<Body, Query> = Omit<AdminCall, "body" | "query"> & { body: Body; query: Query };

/** Ties the handler's types to the schemas that check the request. */
export function route<
  Body extends z.ZodObject = typeof shape.queries.none,
  Query extends z.ZodObject = typeof shape.queries.none,
>(
  definition: Omit<AdminRoute, "handle" | "body" | "query"> & {
    body?: Body;
    query?: Query;
    handle(parts: AdminParts, call: Typed<z.output<Body>, z.output<Query>>): Promise<unknown>;
  },
): AdminRoute {
  return definition as unknown as AdminRoute;
}

const version = (params: AdminCall["params"]) => (params["version"] ?? "") as VersionId;
const document = (params: AdminCall["params"]) => (params["document"] ?? "") as DocumentId;
const decisionOf = ({ reason, override }: z.output<typeof shape.requests.decision>) => ({
  ...(reason !== undefined && { reason }),
  ...(override && { override }),
});

const submissions: AdminRoute[] = [
  route({
    method: "post",
    path: "/submissions/link",
    operationId: "submitLink",
    summary: "按网址收取文件（仅限允许的网站）",
    body: shape.requests.link,
    response: shape.outcome,
    handle: ({ publishing }, { by, body }) => publishing.review.receiveLink(body.url, by),
  }),
];

const versions: AdminRoute[] = [
  route({
    method: "get",
    path: "/versions/:version",
    operationId: "getReview",
    summary: "一个版本的元数据、目录、提示、识别把握",
    response: shape.review,
    handle: ({ publishing }, { by, params }) => publishing.review.getReview(version(params), by),
  }),
  route({
    method: "get",
    path: "/versions/:version/diff",
    operationId: "diffVersion",
    summary: "逐条比较，改动的字词有标记",
    query: shape.queries.diff,
    response: shape.diff,
    handle: async ({ publishing: { review } }, { by, params, query }) => {
      const { documentId } = await review.getReview(version(params), by);
      const published = (await review.getStatus(documentId, by)).published?.versionId;
      const base = query.from ?? (published === version(params) ? undefined : published);
      return review.diff((base ?? null) as VersionId | null, version(params), by);
    },
  }),
  route({
    method: "get",
    path: "/versions/:version/impact",
    operationId: "assessImpact",
    summary: "发布会改变什么",
    response: shape.impact,
    handle: ({ publishing }, { by, params }) => publishing.review.assessImpact(version(params), by),
  }),
  route({
    method: "post",
    path: "/versions/:version/metadata",
    operationId: "correctMetadata",
    summary: "更正元数据，形成同一正文的新版本",
    body: shape.requests.correction,
    response: shape.review,
    handle: ({ publishing }, { by, params, body }) =>
      publishing.review.correctMetadata(version(params), readChanges(body.changes), by, body.reason),
  }),
  route({
    method: "post",
    path: "/versions/:version/assignment",
    operationId: "assignDocument",
    summary: "归入某文件，或另立为新文件",
    body: shape.requests.assignment,
    response: shape.review,
    handle: ({ publishing }, { by, params, body }) =>
      publishing.review.assignDocument(version(params), body.documentId as DocumentId | null, by),
  }),
  route({
    method: "post",
    path: "/versions/:version/proposal",
    operationId: "submitVersion",
    summary: "提交复核",
    body: shape.requests.decision,
    response: shape.decision,
    handle: ({ publishing }, { by, params, body }) =>
      publishing.review.submit(version(params), by, decisionOf(body)),
  }),
];

/** The checks of the metadata file beside a document. */
function readChanges(changes: Readonly<Record<string, unknown>>): Sidecar {
  return parseSidecar(JSON.stringify(changes), "changes");
}

const documents: AdminRoute[] = [
  route({
    method: "get",
    path: "/documents",
    operationId: "listAllDocuments",
    summary: "全部文件及其版本、待办",
    query: shape.queries.documents,
    response: z.array(shape.documentStatus),
    handle: ({ publishing }, { by, query }) => {
      const { search, state } = query;
      return publishing.review.listDocuments(by, { ...(search && { search }), ...(state && { state }) });
    },
  }),
  route({
    method: "get",
    path: "/documents/:document",
    operationId: "getDocumentStatus",
    summary: "一份文件的版本、可见范围、待办",
    response: shape.documentStatus,
    handle: ({ publishing }, { by, params }) => publishing.review.getStatus(document(params), by),
  }),
  route({
    method: "put",
    path: "/documents/:document/visibility",
    operationId: "setVisibility",
    summary: "调整可见范围",
    body: shape.requests.visibility,
    response: shape.documentStatus,
    handle: ({ publishing }, { by, params, body }) =>
      publishing.review.setVisibility(document(params), body.visibility, by, body.reason),
  }),
  ...(["withdraw", "rollback"] as const).map((operation) =>
    route({
      method: "post",
      path: `/documents/:document/${operation}`,
      operationId: `${operation}Document`,
      summary: operation === "withdraw" ? "申请撤下" : "申请回退到上一个已发布版本",
      body: shape.requests.decision,
      response: shape.decision,
      handle: ({ publishing }, { by, params, body }) =>
        publishing.review[operation](document(params), by, decisionOf(body)),
    }),
  ),
];

const proposals: AdminRoute[] = [
  route({
    method: "get",
    path: "/proposals",
    operationId: "listProposals",
    summary: "等待复核的事项",
    response: z.array(shape.proposal),
    handle: ({ publishing }, { by }) => publishing.review.listProposals(by),
  }),
  route({
    method: "post",
    path: "/proposals/:proposal/approval",
    operationId: "approveProposal",
    summary: "复核通过并生效",
    body: shape.requests.decision,
    response: shape.decision,
    handle: ({ publishing }, { by, params, body }) =>
      publishing.review.approve(params["proposal"] ?? "", by, decisionOf(body)),
  }),
  route({
    method: "post",
    path: "/proposals/:proposal/rejection",
    operationId: "rejectProposal",
    summary: "退回",
    body: shape.requests.rejection,
    response: shape.proposal,
    handle: ({ publishing }, { by, params, body }) =>
      publishing.review.reject(params["proposal"] ?? "", by, body.reason),
  }),
  route({
    method: "delete",
    path: "/proposals/:proposal",
    operationId: "cancelProposal",
    summary: "取消自己提出的事项",
    response: shape.proposal,
    handle: ({ publishing }, { by, params }) => publishing.review.cancel(params["proposal"] ?? "", by),
  }),
];

const faq: AdminRoute[] = [
  route({
    method: "get",
    path: "/faq",
    operationId: "listFaq",
    summary: "常见问答及其问题",
    response: z.array(shape.listedFaq),
    handle: ({ publishing }, { by }) => publishing.faq.list(by),
  }),
  route({
    method: "post",
    path: "/faq",
    operationId: "saveFaq",
    summary: "新增或修订一条（存为草稿）",
    body: shape.requests.faq,
    response: shape.savedFaq,
    handle: ({ publishing }, { by, body }) =>
      publishing.faq.save(readFaqContent(body.content), by, body.faqId),
  }),
  ...(["submit", "withdraw"] as const).map((operation) =>
    route({
      method: "post",
      path: `/faq/:faq/${operation}`,
      operationId: `${operation}Faq`,
      summary: operation === "submit" ? "提交复核" : "申请撤下",
      body: shape.requests.decision,
      response: shape.decision,
      handle: ({ publishing }, { by, params, body }) =>
        publishing.faq[operation](params["faq"] ?? "", by, decisionOf(body)),
    }),
  ),
];

const oversight: AdminRoute[] = [
  route({
    method: "get",
    path: "/audit",
    operationId: "listAudit",
    summary: "操作日志，新的在前",
    query: shape.queries.audit,
    response: z.array(shape.auditEntry),
    handle: ({ publishing }, { by, query: { subject, limit, before } }) =>
      publishing.audit.list(by, {
        limit,
        ...(subject && { subject }),
        ...(before !== undefined && { before }),
      }),
  }),
  route({
    method: "get",
    path: "/audit/verification",
    operationId: "verifyAudit",
    summary: "核验日志的哈希链",
    query: shape.queries.verify,
    response: shape.auditVerdict,
    handle: ({ publishing }, { by, query }) => publishing.audit.verify(by, query.head),
  }),
  route({
    method: "get",
    path: "/answers",
    operationId: "findGivenAnswers",
    summary: "近期的提问，新的在前，不含提问人（查找会记入日志）",
    query: shape.queries.answers,
    response: z.array(shape.givenAnswerHead),
    handle: ({ publishing }, { by, query: { text, days, limit } }) =>
      publishing.findAnswers(by, { days, limit, ...(text && { text }) }),
  }),
  route({
    method: "get",
    path: "/answers/:turn",
    operationId: "getGivenAnswer",
    summary: "按当时的原样查看一次回答（查看会记入日志）",
    response: shape.givenAnswer,
    handle: ({ publishing }, { by, params }) => publishing.getAnswer(params["turn"] ?? "", by),
  }),
  route({
    method: "get",
    path: "/watch",
    operationId: "watch",
    summary: "需要关注的事项",
    query: shape.queries.watch,
    response: z.array(shape.finding),
    handle: async ({ publishing }, { by, query }) => {
      // The same right as for what it is about: documents that are not published yet.
      await publishing.review.listProposals(by);
      return publishing.watch(query.day);
    },
  }),
  route({
    method: "get",
    path: "/roles",
    operationId: "listRoles",
    summary: "已授予的角色",
    response: z.array(shape.binding),
    handle: ({ access }, { by }) => access.list(by),
  }),
  ...(["grant", "revoke"] as const).map((operation) =>
    route({
      method: "post",
      path: `/roles/${operation}`,
      operationId: `${operation}Role`,
      summary: operation === "grant" ? "授予角色" : "收回角色",
      body: shape.requests.role,
      response: z.object({ changed: z.boolean() }),
      handle: async ({ access }, { by, body: { account, role, reason } }) => ({
        changed: await access[operation](account, role, by, reason),
      }),
    }),
  ),
];

/** Everything but the upload, whose body is a file. */
export const DOCUMENT_ROUTES: readonly AdminRoute[] = [
  ...submissions,
  ...versions,
  ...documents,
  ...proposals,
  ...faq,
  ...oversight,
];
