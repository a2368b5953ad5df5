import { AppError } from "../../shared/index.ts";

export interface CallFailure {
  /** `answer`: the platform answered with an error; `network`: no usable answer came. */
  origin: "answer" | "network";
  /** In English, without request bodies or headers: those carry secrets and users' texts. */
  detail: string;
  httpStatus?: number;
  /** The platform's code, 0 when the answer had none. */
  code: number;
  /** From x-ogw-ratelimit-reset. */
  resetSeconds?: number;
  /** X-Tt-Logid: what the platform's support asks for. */
  logId?: string;
}

/** A failed REST call, stripped of the request. Stays inside this folder; what leaves it is an AppError. */
export class FeishuCallError extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(`feishu: ${failure.detail}`);
    this.name = "FeishuCallError";
    this.failure = failure;
  }
}

/** What to do about a failure; the rest of the code never looks at numbers. */
export type Remedy =
  | "wait-and-retry"
  /** The same, but not within one call. */
  | "wait-and-retry-later"
  | "refresh-token"
  | "send-as-text"
  | "send-outside-thread"
  | "send-fresh"
  | "send-anew"
  | "wait-for-operator"
  | "give-up";

/** A token that is refused again right after a refresh, or a secret being rotated, may work when the outbox tries again. */
const RETRYABLE: ReadonlySet<Remedy> = new Set([
  "wait-and-retry",
  "wait-and-retry-later",
  "refresh-token",
  "wait-for-operator",
]);

interface Rule {
  remedy: Remedy;
  safeMessage: string;
}

const BUSY = "飞书暂时繁忙或限流，系统会自动重试，请稍候。";
const UNREACHABLE = "暂时连不上飞书，系统会自动重试；若持续出现，请管理员检查服务器网络与 FEISHU_DOMAIN。";
const BUG = "飞书没有接受这条回复，请把错误编号告诉管理员。";
const QUESTION_GONE = "原提问已被撤回或删除。";
const TOO_OLD = "该消息已超过 14 天，飞书不再允许修改。";
const NO_THREAD = "该会话不支持在话题中回复。";
const CARD = "飞书没有接受这张卡片，已改用文字发送。";
const CREDENTIALS =
  "飞书应用凭证无效。请管理员在飞书开放平台核对 FEISHU_APP_ID 与 FEISHU_APP_SECRET 后重新启动。";

const rule = (remedy: Remedy, safeMessage: string): Rule => ({ remedy, safeMessage });
const giveUp = (safeMessage: string) => rule("give-up", safeMessage);

/** By the platform's documentation of errors (general codes, im/v1/messages create and reply). */
const RULES: ReadonlyMap<number, Rule> = new Map([
  [99991400, rule("wait-and-retry", BUSY)],
  [230020, rule("wait-and-retry", BUSY)],
  [230049, rule("wait-and-retry", BUSY)],
  [99991663, rule("refresh-token", CREDENTIALS)],
  [230099, rule("send-as-text", CARD)],
  [230025, rule("send-as-text", CARD)],
  [230011, rule("send-fresh", QUESTION_GONE)],
  [230110, rule("send-fresh", QUESTION_GONE)],
  [230111, rule("send-fresh", QUESTION_GONE)],
  [230050, rule("send-fresh", QUESTION_GONE)],
  [230054, rule("send-fresh", QUESTION_GONE)],
  [230019, rule("send-outside-thread", NO_THREAD)],
  [230071, rule("send-outside-thread", NO_THREAD)],
  [230072, rule("send-outside-thread", NO_THREAD)],
  [230031, rule("send-anew", TOO_OLD)],
  [231015, rule("wait-and-retry", BUSY)],
  [200810, rule("wait-and-retry-later", BUSY)],
  [300317, rule("wait-and-retry-later", BUSY)],
  [300120, rule("wait-and-retry", BUSY)],
  [10003, rule("wait-for-operator", CREDENTIALS)],
  [10014, rule("wait-for-operator", CREDENTIALS)],
  [10015, rule("wait-for-operator", CREDENTIALS)],
  [99991403, giveUp("本月飞书接口调用额度已用完。请管理员在飞书管理后台查看用量，下月恢复或升级后可用。")],
  [
    99991672,
    giveUp(
      "飞书应用缺少所需权限。请管理员在开放平台“权限管理”中开通并发布新版本（清单见 src/channels/feishu/README.md）。",
    ),
  ],
  [230002, giveUp("机器人已不在该群中。请群主重新把机器人加入群聊。")],
  [230006, giveUp("飞书应用未启用机器人能力。请管理员在开放平台“添加应用能力”中启用“机器人”并发布新版本。")],
  [230013, giveUp("该用户不在应用的可用范围内。请管理员在“版本管理与发布”中调整可用范围。")],
  [230018, giveUp("群设置不允许机器人发言。请群主调整群的发言权限。")],
  [230022, giveUp("飞书判定回复含敏感信息，未予发送。请换一种问法，或联系管理员。")],
  [230027, giveUp("飞书应用缺少发送消息的权限。请管理员开通 im:message:send_as_bot 并发布新版本。")],
  [230028, giveUp("回复未通过本企业的数据防泄漏审查，未予发送。请联系企业管理员。")],
  [230029, giveUp("该用户已离职，消息无法送达。")],
  [230034, giveUp("接收方编号无效，消息无法送达。请管理员核对群或人员的编号。")],
  [230035, giveUp("没有在该会话发言的权限：可能已禁言或被屏蔽。请检查群设置。")],
  [230038, giveUp("飞书不允许向其他企业的用户单独发送消息。")],
  [230053, giveUp("该用户已拒收机器人的消息。")],
  [230075, giveUp("密聊中不能发送消息，请在普通会话中提问。")],
  [232009, giveUp("该群已解散或不存在。")],
  [232096, rule("wait-and-retry", BUSY)],
  [234006, giveUp("文件超过飞书 30 MB 的上限，请缩小范围后重新生成。")],
  [234007, giveUp("飞书应用未启用机器人能力。请管理员在开放平台“添加应用能力”中启用“机器人”并发布新版本。")],
  [234010, giveUp("文件是空的，请重新生成。")],
  [234041, giveUp("本企业的飞书租户密钥已被删除，文件无法发送。请联系企业管理员。")],
  [234042, giveUp("本企业的飞书存储空间异常或已满，文件无法发送。请联系企业管理员。")],
]);

/** Failure → remedy and what a person is told. Unknown errors of the platform's servers and networks are retried. */
export function classifyFailure(failure: CallFailure): Rule {
  const known = RULES.get(failure.code);
  if (known) return known;
  if (failure.origin === "network") return rule("wait-and-retry", UNREACHABLE);
  const status = failure.httpStatus ?? 200;
  if (status === 429 || status >= 500) return rule("wait-and-retry", BUSY);
  if (status === 401) return rule("refresh-token", CREDENTIALS);
  return giveUp(BUG);
}

/**
 * Codes that say, of an edit, that this very message cannot be edited: it is no card (230001), not ours (230017), not
 * there (99992354).
 */
const UNEDITABLE: ReadonlySet<number> = new Set([230001, 230017, 99992354]);
const EDIT_REMEDIES: ReadonlySet<Remedy> = new Set(["send-anew", "send-fresh", "send-as-text"]);

/** Whether an edit failed because of the message or the card, so that a new message may still work. */
export function mustSendAnew(thrown: unknown): thrown is FeishuCallError {
  if (!(thrown instanceof FeishuCallError)) return false;
  const { failure } = thrown;
  return UNEDITABLE.has(failure.code) || EDIT_REMEDIES.has(classifyFailure(failure).remedy);
}

/** Of taking a message back: it is gone, too old, or in a place that the bot cannot reach any more. */
const GONE: ReadonlySet<number> = new Set([
  230001, 230002, 230009, 230011, 230013, 230026, 230027, 230050, 230054, 230110, 230111, 232009, 99992354,
]);

export function isGone(thrown: unknown): boolean {
  return thrown instanceof FeishuCallError && GONE.has(thrown.failure.code);
}

/** Milliseconds that the platform asked to wait, if it did. */
export function readWaitMs(failure: CallFailure): number | undefined {
  return failure.resetSeconds === undefined ? undefined : Math.ceil(failure.resetSeconds * 1_000);
}

/** The one place where a vendor failure becomes an AppError. `retryAfterMs` is read by the outbox. */
export function toChannelError(thrown: unknown, doing: string): AppError & { retryAfterMs?: number } {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof FeishuCallError)) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new AppError({ code: "channel", message: `${doing}: ${message}`, safeMessage: BUG });
  }
  const { failure } = thrown;
  const { remedy, safeMessage } = classifyFailure(failure);
  const waitMs = readWaitMs(failure);
  const error = new AppError({
    code: "channel",
    message: `${doing}: ${describeFailure(failure)}`,
    safeMessage,
    retryable: RETRYABLE.has(remedy),
    cause: thrown,
  });
  return waitMs === undefined ? error : Object.assign(error, { retryAfterMs: waitMs });
}

const NO_DOWNLOAD = "文件未能从飞书下载，请重新发送一次；仍不行的，可在服务器上用 ingest 命令导入。";

/** What keeps a file from being fetched (codes of the interface for message resources). */
const RESOURCE_MESSAGES: ReadonlyMap<number, string> = new Map([
  [234003, "文件已取不到（可能已被撤回或删除），请重新发送。"],
  [234004, "机器人不在该会话中，无法下载文件。请在与机器人的私聊中发送。"],
  [234006, "文件过大，飞书不允许下载。请拆分后重新发送。"],
  [234009, "外部群中的文件不能下载，请在与机器人的私聊中发送。"],
  [234010, "文件是空的，请确认后重新发送。"],
  [234037, "文件超过 100 MB，飞书不允许下载。请拆分后重新发送，或在服务器上用 ingest 命令导入。"],
  [234038, "保密模式下的文件不能下载。"],
  [234043, "卡片和合并转发中的文件不能下载，请把文件单独发送。"],
  [230110, "该消息已被删除，请重新发送文件。"],
  [
    99991672,
    "飞书应用缺少读取文件的权限。请管理员在开放平台开通 im:resource 并发布新版本（清单见 src/channels/feishu/README.md）。",
  ],
]);

/** A file that cannot be fetched is something that its sender can act on. */
export function toResourceError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const failure = thrown instanceof FeishuCallError ? thrown.failure : undefined;
  return new AppError({
    code: "unusable-input",
    message: `fetching a resource: ${failure ? describeFailure(failure) : String(thrown)}`,
    safeMessage: (failure && RESOURCE_MESSAGES.get(failure.code)) ?? NO_DOWNLOAD,
    cause: thrown,
  });
}

export function describeFailure(failure: CallFailure): string {
  const parts = [failure.detail];
  if (failure.httpStatus !== undefined) parts.push(`http ${failure.httpStatus}`);
  if (failure.code !== 0) parts.push(`code ${failure.code}`);
  if (failure.logId) parts.push(`log id ${failure.logId}`);
  return parts.join(", ");
}
