import { requireRight } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import {
  type Department,
  PART_NAMES,
  type RoutingRule,
  type SavedSettings,
  type SettingsPart,
} from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { changeRouting, requireMatter } from "./change-routing.ts";
import { requireDepartment } from "./find-people.ts";
import { describeBound } from "./handle-group.ts";
import { type PendingChange, pendingChange, saveChange } from "./keep-change.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { list, misuse, reasonField, toOfficeButton, toOfficeReply } from "./office-reply.ts";
import { requirePart } from "./show-settings.ts";
import { rulesOf } from "./write-routing.ts";

type What = PendingChange["what"];

function partOf(what: What): SettingsPart {
  if (what.kind === "bind") return "departments";
  return what.kind === "rollback" ? (what.part as SettingsPart) : "routing";
}

/** “融资与基金改由区财政局受理，原因：…”. */
export async function proposeReroute(
  turn: OfficeTurn,
  { matter: words, department: wanted, reason }: { matter: string; department: string; reason: string },
): Promise<Reply> {
  const { options, context } = turn;
  requireRight(context.actor, "manage-triage");
  await options.settings.refresh();
  const settings = options.settings.current();
  const matter = requireMatter(words, options);
  const department = requireDepartment(wanted, settings);
  const { routing, untouched } = changeRouting(matter, department, settings);
  const { changes, problems } = options.settings.preview("routing", routing);
  if (changes.length === 0) {
    return toOfficeReply(
      "change",
      `${matter.name}已由${department.name}牵头受理，无需修改。`,
      list(untouched),
    );
  }
  return showChange(turn, {
    what: { kind: "reroute", matter: matter.id, department: department.id },
    reason,
    headline: `${matter.name}改由${department.name}受理，将作以下修改：`,
    blocks: [
      ...list(changes),
      ...list(untouched, "以下规则同时用于其他类别，不作修改，可按编号逐条修改："),
      ...list(
        problems.map(({ text }) => text),
        "请留意：",
      ),
      ...list([
        "只影响今后的工单；在办的工单不变，可逐张转派。",
        ...(changes.length > 1 && matter.kind === "category"
          ? [
              `只改其中一条的，请取消后写规则编号，例如“${exampleOf(matter.id, settings.routing)}改由${department.name}受理”。`,
            ]
          : []),
      ]),
    ],
  });
}

function exampleOf(category: string, routing: readonly RoutingRule[]): string {
  return rulesOf(category, routing)[0]?.id ?? category;
}

/** “退回设置 分派表 3”. */
export async function proposeRollback(
  turn: OfficeTurn,
  { part: words, revision, reason }: { part: string; revision: number; reason: string },
): Promise<Reply> {
  const { options, context } = turn;
  requireRight(context.actor, "manage-triage");
  const part = requirePart(words);
  await options.settings.refresh();
  const now = options.settings.revisionOf(part);
  const changes = await options.settings.diff(part, now, revision);
  const name = PART_NAMES[part];
  if (changes.length === 0) {
    return toOfficeReply("change", `“${name}”现在与第 ${revision} 版相同，无需退回。`);
  }
  return showChange(turn, {
    what: { kind: "rollback", part, revision },
    reason,
    headline: `把“${name}”由第 ${now} 版退回到第 ${revision} 版，将作以下修改：`,
    blocks: [
      ...list(changes),
      ...(part === "departments"
        ? [{ type: "notice" as const, text: "只恢复部门设置，专员角色的授予与收回不随之变化。" }]
        : []),
    ],
  });
}

/** Keeps it until the administrator's word, and shows it with the buttons. */
export async function showChange(
  turn: OfficeTurn,
  {
    what,
    reason,
    headline,
    blocks,
  }: {
    what: What;
    reason: string;
    headline: string;
    blocks: readonly ReplyBlock[];
  },
): Promise<Reply> {
  const revision = turn.options.settings.revisionOf(partOf(what));
  const change = turn.key;
  await saveChange(turn, { change, what, reason, revision, at: turn.context.at, done: null });
  const values = { change };
  return toOfficeReply("change", headline, [
    ...blocks,
    {
      type: "form",
      name: "office-change",
      fields: [reasonField(reason)],
      submit: toOfficeButton("confirm", "确认", {
        style: "primary",
        values,
        command: reason === "" ? "确认修改，原因：…" : "确认修改",
      }),
      more: [toOfficeButton("drop", "取消", { values, command: "取消修改" })],
    },
  ]);
}

/** Done once: a second click, or the same message again after a crash, is told what became of it. */
export async function confirmChange(
  turn: OfficeTurn,
  wanted: string | undefined,
  typedReason: string,
): Promise<Reply> {
  const { options, context } = turn;
  requireRight(context.actor, "manage-triage");
  return turn.inTurn(`change:${context.actor.account}`, async () => {
    const pending = await requirePending(turn, wanted);
    if (pending.done !== null) return toOfficeReply("change", `此前已处理：${pending.done}`);
    const reason = typedReason || pending.reason;
    if (reason === "") throw misuse("请写明修改的原因，例如“确认修改，原因：职责调整”。");
    await options.settings.refresh();
    const part = partOf(pending.what);
    const outcome = (await findSaved(turn, part, pending)) ?? (await carryOut(turn, pending, reason));
    const bound = boundHere(turn, pending.what);
    const name = PART_NAMES[part];
    const done = `“${name}”已修改，现为第 ${outcome.revision} 版。`;
    await saveChange(turn, { ...pending, reason, done });
    if (bound) return describeBound(bound, "已设定：本群受理");
    return toOfficeReply("done", `已生效：${done}`, [
      ...list(outcome.changes),
      ...list(
        outcome.problems.map(({ text }) => text),
        "请留意：",
      ),
      { type: "notice", text: `如需恢复，发送“退回设置 ${name} ${pending.revision}”。` },
    ]);
  });
}

/** The department whose new group is the one in which this is said. */
function boundHere({ options, message }: OfficeTurn, what: What): Department | undefined {
  if (what.kind !== "bind" || what.group !== `${message.channel}:${message.chatId}`) return undefined;
  return options.settings.current().departments.find(({ id }) => id === what.department);
}

export async function dropChange(turn: OfficeTurn, wanted: string | undefined): Promise<Reply> {
  requireRight(turn.context.actor, "manage-triage");
  return turn.inTurn(`change:${turn.context.actor.account}`, async () => {
    const pending = await requirePending(turn, wanted);
    if (pending.done !== null) return toOfficeReply("change", `此前已处理：${pending.done}`);
    await saveChange(turn, { ...pending, done: "已取消，设置未作修改。" });
    return toOfficeReply("change", "已取消，设置未作修改。");
  });
}

async function requirePending(turn: OfficeTurn, wanted: string | undefined): Promise<PendingChange> {
  const pending = await pendingChange(turn);
  if (pending && (wanted === undefined || wanted === pending.change)) return pending;
  throw new AppError({
    code: "not-found",
    message: "no pending change",
    safeMessage: pending
      ? "这张卡片已失效：其后又有新的修改。请在最新的卡片上确认，或重新发送修改。"
      : "没有待确认的修改：可能已过期，或由其他人提出。请重新发送修改。",
  });
}

type Saved = Pick<SavedSettings, "revision" | "changes" | "problems">;

/** It was carried out before an interruption. */
async function findSaved(
  { options, context }: OfficeTurn,
  part: SettingsPart,
  { revision, at }: PendingChange,
): Promise<Saved | undefined> {
  if (options.settings.revisionOf(part) === revision) return undefined;
  const latest = (await options.settings.history(part))[0];
  const isOwn = latest?.by === context.actor.account && latest.revision === revision + 1 && latest.at >= at;
  if (isOwn) {
    const changes = await options.settings.diff(part, revision, latest.revision);
    return { revision: latest.revision, changes, problems: [] };
  }
  throw new AppError({
    code: "conflict",
    message: `settings ${part} moved on since they were shown`,
    safeMessage: `“${PART_NAMES[part]}”在您查看之后有了新的修改，未生效。请重新发送修改，核对后再确认。`,
  });
}

async function carryOut(turn: OfficeTurn, { what, revision }: PendingChange, reason: string): Promise<Saved> {
  const { options, context } = turn;
  const { settings, office } = options;
  const { actor } = context;
  switch (what.kind) {
    case "reroute": {
      const current = settings.current();
      const matter = requireMatter(what.matter, options);
      const { routing } = changeRouting(matter, requireDepartment(what.department, current), current);
      return settings.save("routing", routing, actor, reason, revision);
    }
    case "rule":
      await office.adoptRouting({ rule: what.rule }, actor, reason);
      return {
        revision: settings.revisionOf("routing"),
        changes: await settings.diff("routing", revision, settings.revisionOf("routing")),
        problems: [],
      };
    case "bind": {
      const { department, group } = what;
      return settings.changeDepartment({ do: "set-group", department, group }, actor, reason);
    }
    case "rollback":
      return settings.rollback(what.part as SettingsPart, what.revision, actor, reason);
  }
}
