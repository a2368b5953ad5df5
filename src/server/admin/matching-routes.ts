import { z } from "zod";
import { describeProfile } from "../../enterprises/index.ts";
import { AppError, type DocumentId, toShanghaiDay } from "../../shared/index.ts";
import type { MaintainedList } from "../../storage/index.ts";
import type { MatchingServices } from "../types.ts";
import { type AdminParts, type AdminRoute, route } from "./admin-routes.ts";
import * as shape from "./matching-schema.ts";

/** Programs, enterprises and lists, for administrators and specialists; the services check the rights. */
export const MATCHING_ROUTES: readonly AdminRoute[] = [
  ...programRoutes(),
  ...enterpriseRoutes(),
  ...profileRoutes(),
  ...listRoutes(),
];

function programRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/programs",
      operationId: "listAllPrograms",
      summary: "项目目录，含待审核和依据已变动的",
      query: shape.queries.programs,
      response: z.array(shape.listing),
      handle: (parts, { by, query: { state, problems } }) =>
        servicesOf(parts).programs.list(by, {
          ...(state && { state }),
          ...(problems && { problemsOnly: true }),
        }),
    }),
    route({
      method: "get",
      path: "/programs/:program",
      operationId: "showProgram",
      summary: "一个项目的全部内容",
      response: shape.shownProgram,
      handle: (parts, { by, params }) => servicesOf(parts).programs.show(params["program"] ?? "", by),
    }),
    route({
      method: "post",
      path: "/programs",
      operationId: "proposeProgram",
      summary: "登记一个项目，等待审核",
      body: shape.requests.program,
      response: shape.listing,
      handle: (parts, { by, body }) =>
        servicesOf(parts).programs.propose(body.program, by, "desk", body.reason),
    }),
    route({
      method: "post",
      path: "/programs/suggest",
      operationId: "suggestPrograms",
      summary: "从一份已入库的文件起草项目条目；不写入",
      body: shape.requests.suggest,
      response: z.array(shape.suggestion),
      handle: (parts, { by, body }) => servicesOf(parts).suggestFrom(body.documentId as DocumentId, by),
    }),
    route({
      method: "post",
      path: "/programs/:program/reject",
      operationId: "rejectProgram",
      summary: "不予通过，须写原因",
      body: shape.requests.rejection,
      response: shape.listing,
      handle: (parts, { by, params, body }) =>
        servicesOf(parts).programs.reject(params["program"] ?? "", by, body.reason),
    }),
    ...(["publish", "withdraw"] as const).map((operation) =>
      route({
        method: "post",
        path: `/programs/:program/${operation}`,
        operationId: `${operation}Program`,
        summary: operation === "publish" ? "审核通过，开始用于匹配" : "撤下，不再用于匹配",
        body: shape.requests.decision,
        response: shape.listing,
        handle: (parts, { by, params, body }) =>
          servicesOf(parts).programs[operation](params["program"] ?? "", by, body.reason),
      }),
    ),
  ];
}

function enterpriseRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/enterprises",
      operationId: "listEnterprises",
      summary: "查找企业（记入日志）",
      query: shape.queries.enterprises,
      response: z.array(shape.enterprise),
      handle: (parts, { by, query: { search, limit } }) =>
        servicesOf(parts).enterprises.list(by, { limit, ...(search && { search }) }),
    }),
    route({
      method: "post",
      path: "/enterprises",
      operationId: "importEnterprises",
      summary: "登记或更新企业，逐行报告需要核对之处",
      body: shape.requests.newEnterprise,
      response: shape.imported,
      handle: (parts, { by, body: { rows, reference } }) => {
        const { enterprises, clock } = servicesOf(parts);
        const lines = rows.map((values, index) => ({ line: index + 1, values }));
        return enterprises.importList(lines, `api:${reference}`, by, clock());
      },
    }),
  ];
}

function profileRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/enterprises/:enterprise/profile",
      operationId: "getProfile",
      summary: "一家企业的画像，每项注明来源、日期、有效期（记入日志）",
      response: shape.profileView,
      handle: async (parts, { by, params }) => showProfile(parts, params["enterprise"] ?? "", by),
    }),
    route({
      method: "put",
      path: "/enterprises/:enterprise/profile",
      operationId: "putProfile",
      summary: "填写画像；读不懂的、不可能的逐项说明，不写入",
      body: shape.requests.profile,
      response: shape.profileView,
      handle: async (parts, { by, params, body: { profile, reference } }) => {
        const { enterprises, matching, clock } = servicesOf(parts);
        const id = params["enterprise"] ?? "";
        const at = clock();
        const { facts, problems } = matching.reader.readProfile(profile, { today: toShanghaiDay(at) });
        const source = { kind: "api" as const, by: by.account, reference: `api:${reference}` };
        await enterprises.record(id, facts, source, by, at);
        return { ...(await showProfile(parts, id, by)), problems };
      },
    }),
    route({
      method: "post",
      path: "/enterprises/:enterprise/match",
      operationId: "matchEnterprise",
      summary: "按企业画像匹配（记入日志）",
      response: z.record(z.string(), z.unknown()),
      handle: async (parts, { by, params }) => {
        const { enterprises, matching, clock } = servicesOf(parts);
        const day = toShanghaiDay(clock());
        const profile = await enterprises.profile(params["enterprise"] ?? "", by, day);
        return (await matching.engineFor(day)).match(profile, { asOf: day });
      },
    }),
    route({
      method: "post",
      path: "/enterprises/:enterprise/specialists",
      operationId: "assignSpecialist",
      summary: "把企业交给一位服务专员",
      body: shape.requests.specialist,
      response: z.object({ assigned: z.boolean() }),
      handle: async (parts, { by, params, body }) => {
        const { enterprises, clock } = servicesOf(parts);
        await enterprises.assignSpecialist(params["enterprise"] ?? "", body.account, by, clock());
        return { assigned: true };
      },
    }),
  ];
}

function listRoutes(): AdminRoute[] {
  return [
    route({
      method: "post",
      path: "/lists/:list",
      operationId: "saveListEntry",
      summary: "在清单（space、projects、policies、contacts、events）中登记或更新一条",
      body: shape.requests.entry,
      response: shape.listEntry,
      handle: (parts, { by, params, body }) => {
        const { lists, clock } = servicesOf(parts);
        const { entryId, content, reason } = body;
        const entry = {
          list: params["list"] as MaintainedList,
          content,
          ...(entryId && { entryId }),
          ...(reason && { reason }),
        };
        return lists.save(entry, by, clock());
      },
    }),
    route({
      method: "delete",
      path: "/lists/:list/:entry",
      operationId: "removeListEntry",
      summary: "从清单中移除一条",
      response: z.object({ removed: z.boolean() }),
      handle: async (parts, { by, params }) => {
        const { lists, clock } = servicesOf(parts);
        return { removed: await lists.remove(params["entry"] ?? "", by, clock()) };
      },
    }),
  ];
}

async function showProfile(
  parts: AdminParts,
  enterpriseId: string,
  by: Parameters<AdminRoute["handle"]>[1]["by"],
) {
  const { enterprises, matching, clock } = servicesOf(parts);
  const profile = await enterprises.profile(enterpriseId, by, toShanghaiDay(clock()));
  return { enterpriseId, fields: describeProfile(profile, matching.lexicon), problems: [] };
}

function servicesOf({ matching }: AdminParts): MatchingServices {
  if (matching) return matching;
  throw new AppError({
    code: "not-found",
    message: "matching is not part of this server",
    safeMessage: "本服务未开启匹配。",
  });
}
