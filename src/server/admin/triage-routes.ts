import { z } from "zod";
import type { Actor } from "../../access/index.ts";
import { AppError, fromShanghaiDay, toAppError } from "../../shared/index.ts";
import type { TicketFilter } from "../../storage/index.ts";
import type { ActOutcome, SettingsPart, Ticket, TicketCommand } from "../../triage/index.ts";
import type { TriageServices } from "../types.ts";
import { type AdminParts, type AdminRoute, route } from "./admin-routes.ts";
import * as shape from "./triage-schema.ts";

/** Tickets and the desk, for specialists, leads and administrators; the desk checks the rights. */
export const TRIAGE_ROUTES: readonly AdminRoute[] = [
  ...ticketRoutes(),
  ...settingsRoutes(),
  ...absenceRoutes(),
  ...figureRoutes(),
  ...gapRoutes(),
  ...feedbackRoutes(),
];

function ticketRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/tickets",
      operationId: "listTickets",
      summary: "工单列表：专员见本部门，管理员见全部",
      query: shape.queries.tickets,
      response: z.array(shape.listing),
      handle: (parts, { by, query }) => servicesOf(parts).desk.list(toFilter(query), by),
    }),
    route({
      method: "get",
      path: "/tickets/:ticket",
      operationId: "viewTicket",
      summary: "一张工单：内容、经过、时限和可做的操作",
      response: shape.view,
      handle: (parts, { by, params }) => servicesOf(parts).desk.view(params["ticket"] ?? "", by),
    }),
    route({
      method: "post",
      path: "/tickets/:ticket/commands",
      operationId: "actOnTicket",
      summary: "认领、转派、追问、回复、办结、退回等",
      body: shape.requests.command,
      response: shape.acted,
      handle: async (parts, { by, params, body }) => {
        const { desk } = servicesOf(parts);
        // What one may not see one may not act on either, and does not learn of.
        const { ticket } = await desk.view(params["ticket"] ?? "", by);
        const key = `api:${by.account}:${body.key}`;
        return asSeen(parts, by, await desk.act(ticket.ticketId, body.command as TicketCommand, by, key));
      },
    }),
    route({
      method: "post",
      path: "/tickets/:ticket/merge",
      operationId: "mergeTickets",
      summary: "并入另一张工单",
      body: shape.requests.merge,
      response: shape.acted,
      handle: async (parts, { by, params, body }) => {
        const { desk } = servicesOf(parts);
        const [from, into] = await Promise.all([
          desk.view(params["ticket"] ?? "", by),
          desk.view(body.into, by),
        ]);
        const key = `api:${by.account}:${body.key}`;
        return asSeen(parts, by, await desk.merge(from.ticket.ticketId, into.ticket.ticketId, by, key));
      },
    }),
    route({
      method: "post",
      path: "/tickets/:ticket/faq",
      operationId: "draftFaqFromTicket",
      summary: "由办结的工单起草常见问答，去除个人信息，待管理员审核",
      response: shape.anything,
      handle: (parts, { by, params }) => servicesOf(parts).office.draftFaq(params["ticket"] ?? "", by),
    }),
  ];
}

/** The desk's outcome holds the whole ticket; contact and reasons are only for some of those who may act on it. */
async function asSeen(parts: AdminParts, by: Actor, outcome: ActOutcome): Promise<ActOutcome> {
  const { ticketId, number, revision, status } = outcome.ticket;
  try {
    const { ticket } = await servicesOf(parts).desk.view(ticketId, by);
    return { ...outcome, ticket };
  } catch (thrown) {
    if (toAppError(thrown).code !== "not-found") throw thrown;
    // Who passed it on may see it no more.
    return { ...outcome, ticket: { ticketId, number, revision, status } as Ticket };
  }
}

function toFilter(query: z.output<typeof shape.queries.tickets>): TicketFilter {
  const { open, status, from, to, ...rest } = query;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(given as TicketFilter),
    ...(open && { open }),
    ...(status && { statuses: [status] }),
    ...(from && { openedFrom: fromShanghaiDay(from).toISOString() }),
    ...(to && { openedTo: fromShanghaiDay(to).toISOString() }),
  };
}

function settingsRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/triage/settings",
      operationId: "showDeskSettings",
      summary: "部门、分派表、时限、日历、答复模板、值班电话及其问题",
      response: shape.settingsShown,
      handle: (parts, { by }) => servicesOf(parts).settings.show(by),
    }),
    route({
      method: "get",
      path: "/triage/settings/:part",
      operationId: "deskSettingsHistory",
      summary: "一项设置的历次修改",
      response: shape.list,
      handle: (parts, { by, params }) => servicesOf(parts).settings.history(readPart(params["part"]), by),
    }),
    route({
      method: "put",
      path: "/triage/settings/:part",
      operationId: "saveDeskSettings",
      summary: "修改一项设置；先核对，有错不保存",
      body: shape.requests.setting,
      response: shape.settingsShown,
      handle: (parts, { by, params, body }) =>
        servicesOf(parts).settings.save(readPart(params["part"]), body.content, by, body),
    }),
    route({
      method: "post",
      path: "/triage/settings/:part/rollback",
      operationId: "rollbackDeskSettings",
      summary: "恢复到某一次的设置",
      body: shape.requests.rollback,
      response: shape.settingsShown,
      handle: (parts, { by, params, body }) =>
        servicesOf(parts).settings.rollback(readPart(params["part"]), body.revision, by, body.reason),
    }),
    route({
      method: "get",
      path: "/triage/suggestions",
      operationId: "suggestRouting",
      summary: "由转派记录统计出的分派表修改建议",
      query: shape.queries.period,
      response: shape.list,
      handle: (parts, { by, query }) => servicesOf(parts).office.suggestRouting(query, by),
    }),
    route({
      method: "post",
      path: "/triage/suggestions/adopt",
      operationId: "adoptRouting",
      summary: "采纳一条分派表修改建议",
      body: shape.requests.adopt,
      response: shape.settingsShown,
      handle: (parts, { by, body }) =>
        servicesOf(parts).office.adoptRouting(body.suggestion, by, body.reason),
    }),
  ];
}

function absenceRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/triage/absences",
      operationId: "listAbsences",
      summary: "外出登记与代办人",
      response: shape.list,
      handle: (parts, { by }) => servicesOf(parts).absences.list(by),
    }),
    route({
      method: "post",
      path: "/triage/absences",
      operationId: "setAbsence",
      summary: "登记外出，期间的新工单转代办人",
      body: shape.requests.absence,
      response: shape.anything,
      handle: (parts, { by, body }) => {
        const { account, from, to, deputy, note } = body;
        const absence = {
          account: account ?? by.account,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          deputy: deputy ?? null,
          note: note ?? null,
        };
        return servicesOf(parts).absences.set(absence, by);
      },
    }),
    route({
      method: "delete",
      path: "/triage/absences/:absence",
      operationId: "cancelAbsence",
      summary: "取消外出登记",
      response: shape.done,
      handle: async (parts, { by, params }) => ({
        done: await servicesOf(parts).absences.cancel(params["absence"] ?? "", by),
      }),
    }),
  ];
}

function figureRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/triage/figures",
      operationId: "deskFigures",
      summary: "工单统计：数量、首次答复与办结用时、按时率、转派率、重开率、满意度、在办量",
      query: shape.queries.period,
      response: shape.anything,
      handle: (parts, { by, query }) => servicesOf(parts).office.figures(query, by),
    }),
    route({
      method: "get",
      path: "/triage/figures.xlsx",
      operationId: "deskFiguresFile",
      summary: "工单统计表（xlsx）",
      query: shape.queries.figuresFile,
      response: z.string(),
      isFile: true,
      handle: (parts, { by, query }) => servicesOf(parts).office.figuresFile(query, by),
    }),
  ];
}

function gapRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/triage/gaps",
      operationId: "listKnowledgeGaps",
      summary: "知识缺口：文件答不上来的问题，按意思归并计数",
      query: shape.queries.gaps,
      response: shape.list,
      handle: (parts, { by, query: { state, limit } }) =>
        servicesOf(parts).gaps.list(by, { limit, ...(state && { state }) }),
    }),
    route({
      method: "post",
      path: "/triage/gaps/:gap",
      operationId: "decideKnowledgeGap",
      summary: "标记知识缺口：已补充、不处理",
      body: shape.requests.gap,
      response: shape.done,
      handle: async (parts, { by, params, body: { state, note } }) => ({
        done: await servicesOf(parts).gaps.decide(params["gap"] ?? "", state, by, note),
      }),
    }),
  ];
}

function feedbackRoutes(): AdminRoute[] {
  return [
    route({
      method: "get",
      path: "/feedback",
      operationId: "listFeedback",
      summary: "答复评价，最近的在前；不含评价人和提问人",
      query: shape.queries.feedback,
      response: z.array(shape.feedback),
      handle: (parts, { by, query: { verdict, limit, ...period } }) =>
        servicesOf(parts).feedback.list(by, period, { verdict, limit }),
    }),
    route({
      method: "get",
      path: "/feedback/figures",
      operationId: "feedbackFigures",
      summary: "答复评价的次数和没帮助的原因",
      query: shape.queries.feedback,
      response: shape.feedbackFigures,
      handle: (parts, { by, query: { from, to } }) => servicesOf(parts).feedback.figures(by, { from, to }),
    }),
  ];
}

function readPart(text: string | undefined): SettingsPart {
  const parsed = shape.queries.part.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: "not-found",
    message: "no such part of the settings",
    safeMessage: `没有名为“${text ?? ""}”的设置。可用：${shape.queries.part.options.join("、")}。`,
  });
}

function servicesOf({ triage }: AdminParts): TriageServices {
  if (triage) return triage;
  throw new AppError({
    code: "not-found",
    message: "triage is not part of this server",
    safeMessage: "本服务未开启工单。",
  });
}
