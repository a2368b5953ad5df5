import { AppError } from "../../shared/index.ts";

export interface CallFailure {
  /** `answer`: the platform answered with an error; `network`: no usable answer came; `limited`: it asked to wait. */
  origin: "answer" | "network" | "limited";
  /** In English, without request bodies or headers: those carry secrets and users' texts. */
  detail: string;
  httpStatus?: number;
  /** The platform's code, 0 when the answer had none. */
  code: number;
  retryAfterMs?: number;
}

/** A failed REST call, stripped of the request. Stays inside this folder; what leaves it is an AppError. */
export class DiscordCallError extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(`discord: ${failure.detail}`);
    this.name = "DiscordCallError";
    this.failure = failure;
  }
}

/** What to do about a failure; the rest of the code never looks at numbers. */
export type Remedy =
  | "wait-and-retry"
  | "wait-for-operator"
  /** What is replied to or edited is gone; a fresh message may still go. */
  | "send-fresh"
  /** The token of a command or button no longer works; an ordinary message may still go. */
  | "send-outside-interaction"
  /** The platform does not take this form of the message; text may still go. */
  | "send-as-text"
  | "give-up";

interface Rule {
  remedy: Remedy;
  safeMessage: string;
}

const BUSY = "Discord 暂时繁忙或限流，系统会自动重试，请稍候。";
const UNREACHABLE =
  "暂时连不上 Discord，系统会自动重试；若持续出现，请管理员检查服务器网络与 DISCORD_API_URL。";
const BUG = "Discord 没有接受这条回复，请把错误编号告诉管理员。";
const GONE = "原消息已被删除。";
const EXPIRED = "该次操作已超过 Discord 的 15 分钟时限。";
const FORM = "Discord 没有接受这种排版，已改用文字发送。";
const CREDENTIALS =
  "Discord 机器人令牌无效。请管理员在 Discord 开发者后台“Bot”页重置令牌，更新 DISCORD_TOKEN 后重新启动。";
const PERMISSIONS =
  "机器人在该频道缺少权限。请服务器管理员按 doctor 命令列出的权限授权（说明见 src/channels/discord/README.md）。";

const rule = (remedy: Remedy, safeMessage: string): Rule => ({ remedy, safeMessage });
const giveUp = (safeMessage: string) => rule("give-up", safeMessage);

/** By the platform's list of JSON error codes. */
const RULES: ReadonlyMap<number, Rule> = new Map([
  [10003, giveUp("该频道或讨论串已被删除，消息无法送达。")],
  [10004, giveUp("机器人已不在该服务器中。请服务器管理员重新邀请机器人。")],
  [10007, giveUp("该成员已离开服务器，消息无法送达。")],
  [10008, rule("send-fresh", GONE)],
  [10013, giveUp("找不到该 Discord 用户，消息无法送达。请管理员核对编号。")],
  [10015, rule("send-outside-interaction", EXPIRED)],
  [10062, rule("send-outside-interaction", EXPIRED)],
  [50027, rule("send-outside-interaction", EXPIRED)],
  [20028, rule("wait-and-retry", BUSY)],
  [30046, rule("wait-and-retry", BUSY)],
  [40002, giveUp("Discord 要求机器人的所有者验证账号后才能继续使用，请管理员登录开发者后台处理。")],
  [40005, giveUp("文件超过 Discord 的大小上限，请缩小范围后重新生成。")],
  [50001, giveUp("机器人看不到该频道。请服务器管理员给机器人“查看频道”权限。")],
  [50005, rule("send-fresh", GONE)],
  [50006, giveUp(BUG)],
  [50007, giveUp("该用户未允许来自服务器成员的私信，消息无法送达。请用户在 Discord 隐私设置中开启后再试。")],
  [50008, giveUp("该类型的频道不能发送消息。")],
  [50013, giveUp(PERMISSIONS)],
  [50035, rule("send-as-text", FORM)],
  [50083, giveUp("该讨论串已归档或锁定，请重新打开后再试。")],
  [50278, giveUp("机器人与该用户没有共同的服务器，私信无法送达。请用户先加入机器人所在的服务器。")],
  [160002, rule("send-fresh", GONE)],
  [160005, giveUp("该讨论串已锁定，请管理员解锁后再试。")],
  [200000, giveUp("回复被该服务器的自动审核规则拦截，未予发送。请联系服务器管理员。")],
]);

/** Failure → remedy and what a person is told. Unknown errors of the platform's servers and networks are retried. */
export function classifyFailure(failure: CallFailure): Rule {
  if (failure.origin === "limited") return rule("wait-and-retry", BUSY);
  const known = RULES.get(failure.code);
  if (known) return known;
  if (failure.origin === "network") return rule("wait-and-retry", UNREACHABLE);
  const status = failure.httpStatus ?? 200;
  if (status === 429 || status >= 500) return rule("wait-and-retry", BUSY);
  if (status === 401) return rule("wait-for-operator", CREDENTIALS);
  if (status === 403) return giveUp(PERMISSIONS);
  return giveUp(BUG);
}

/** A token being replaced may work when the outbox tries again. */
const RETRYABLE: ReadonlySet<Remedy> = new Set(["wait-and-retry", "wait-for-operator"]);

export function remedyFor(thrown: unknown): Remedy | undefined {
  return thrown instanceof DiscordCallError ? classifyFailure(thrown.failure).remedy : undefined;
}

/** The one place where a vendor failure becomes an AppError. `retryAfterMs` is read by the outbox. */
export function toChannelError(thrown: unknown, doing: string): AppError & { retryAfterMs?: number } {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof DiscordCallError)) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new AppError({ code: "channel", message: `${doing}: ${message}`, safeMessage: BUG });
  }
  const { failure } = thrown;
  const { remedy, safeMessage } = classifyFailure(failure);
  const error = new AppError({
    code: "channel",
    message: `${doing}: ${describeFailure(failure)}`,
    safeMessage,
    retryable: RETRYABLE.has(remedy),
    cause: thrown,
  });
  const { retryAfterMs } = failure;
  return retryAfterMs === undefined ? error : Object.assign(error, { retryAfterMs });
}

export function describeFailure(failure: CallFailure): string {
  const parts = [failure.detail];
  if (failure.httpStatus !== undefined) parts.push(`http ${failure.httpStatus}`);
  if (failure.code !== 0) parts.push(`code ${failure.code}`);
  return parts.join(", ");
}
