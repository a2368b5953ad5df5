import { access, constants, statfs } from "node:fs/promises";
import type { Command } from "commander";
import type { Application } from "../app.ts";
import type { Config } from "../config.ts";
import { AppError, type Clock, toAppError, toShanghaiDay } from "../shared/index.ts";
import { checkSignIn } from "./check-sign-in.ts";
import { describeDeadReplies } from "./describe-dead-replies.ts";
import { lacksVectors, openForReading } from "./open-for-reading.ts";
import {
  addSharedOptions,
  type CommandContext,
  EXIT,
  runCommand,
  type SharedOptions,
} from "./run-command.ts";

interface Finding {
  name: string;
  state: "ok" | "off" | "warning" | "failed";
  detail: string;
}

const MARKS: Record<Finding["state"], string> = {
  ok: "正常",
  off: "未启用",
  warning: "注意",
  failed: "异常",
};
const LOW_DISK_BYTES = 500 * 1024 * 1024;
const MODEL_TIMEOUT_MS = 10_000;
const EARLIEST_SANE_CLOCK = Date.UTC(2024, 0, 1);

export function addDoctorCommand(program: Command): void {
  addSharedOptions(program.command("doctor"))
    .description("检查配置、数据目录、索引、模型和各平台，并说明如何处理")
    .action(async (options: SharedOptions) => {
      process.exitCode = await runCommand(options, examine);
    });
}

async function examine(context: CommandContext): Promise<number> {
  const { config, clock } = context;
  const findings = [
    { name: "运行环境", state: "ok" as const, detail: `Node ${process.version}` },
    await checkDataDirectory(config),
    await checkStorage(config),
    checkClock(clock),
    ...(await checkKnowledge(context)),
    await checkLanguageModel(context),
    ...(await checkFeishu(context)),
    ...(await checkSignIn(context.config, context.clock, context.logger)),
    await checkDiscord(context),
  ];
  if (context.json) context.printJson({ findings });
  else for (const { name, state, detail } of findings) context.print(`[${MARKS[state]}] ${name}：${detail}`);
  return findings.some(({ state }) => state === "failed") ? EXIT.failed : EXIT.done;
}

async function attempt(name: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (thrown) {
    return { name, state: "failed", detail: toAppError(thrown).safeMessage };
  }
}

function checkDataDirectory({ dataDirectory }: Config): Promise<Finding> {
  const name = "数据目录";
  return attempt(name, async () => {
    try {
      await access(dataDirectory, constants.W_OK);
    } catch (cause) {
      const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
      if (missing)
        return { name, state: "warning", detail: `${dataDirectory} 尚不存在，首次启动时会自动建立。` };
      throw new AppError({
        code: "data-directory",
        message: "not writable",
        safeMessage: `${dataDirectory} 不可写，请调整权限，或用 --data、XIANCE_DATA_DIR 换一个目录。`,
        cause,
      });
    }
    const { bavail, bsize } = await statfs(dataDirectory);
    const free = bavail * bsize;
    const detail = `${dataDirectory}，可用空间 ${(free / 1024 ** 3).toFixed(1)} GB`;
    return free < LOW_DISK_BYTES
      ? { name, state: "warning", detail: `${detail}，偏少，请清理磁盘。` }
      : { name, state: "ok", detail };
  });
}

function checkStorage({ dataDirectory, databaseUrl }: Config): Promise<Finding> {
  const name = "数据库";
  return attempt(name, async () => {
    const { describeStorage } = await import("../storage/index.ts");
    const facts = await describeStorage({ dataDirectory, ...(databaseUrl && { databaseUrl }) });
    const engine = facts.dialect === "sqlite" ? "SQLite" : "PostgreSQL";
    if (!facts.exists)
      return { name, state: "warning", detail: `${engine}，尚未建立，首次启动时会自动建立。` };
    if (facts.damage !== null) {
      return {
        name,
        state: "failed",
        detail: `${engine} 数据有损坏：${facts.damage}。请停止服务，用备份恢复后再启动。`,
      };
    }
    const writer = facts.writer === null ? "当前没有服务在写入" : "服务正在运行";
    return { name, state: "ok", detail: `${engine}，数据完整，${writer}` };
  });
}

function checkClock(clock: Clock): Finding {
  const now = clock();
  const sane = now.getTime() > EARLIEST_SANE_CLOCK;
  const detail = now.toISOString();
  return {
    name: "系统时间",
    state: sane ? "ok" : "failed",
    detail: sane ? detail : `${detail} 明显有误，请校准系统时间（影响有效期判断和平台验签）。`,
  };
}

async function checkKnowledge(context: CommandContext): Promise<Finding[]> {
  try {
    const application = await openForReading(context, { hints: false });
    try {
      const documents = await application.knowledge.listPublished();
      const counts = await application.storage.conversation.counts();
      const dead = counts.outbox["dead"] ?? 0;
      const given = await describeDeadReplies(application.storage.conversation);
      return [
        {
          name: "知识库",
          state: documents.length > 0 ? "ok" : "warning",
          detail: `已发布文件 ${documents.length} 份`,
        },
        ...describeRetrieval(application),
        ...(await describeOversight(application)),
        ...(await describeDesk(application, context.clock)),
        {
          name: "消息投递",
          state: dead > 0 ? "warning" : "ok",
          detail: `待回复 ${counts.inbox["accepted"] ?? 0}，待发送 ${counts.outbox["pending"] ?? 0}，发送失败 ${dead}${given && `。${given}`}`,
        },
      ];
    } finally {
      await application.close();
    }
  } catch (thrown) {
    return [{ name: "知识库", state: "failed", detail: toAppError(thrown).safeMessage }];
  }
}

/** Who can publish, what waits, and whether the log is as it was written. */
async function describeOversight({ storage, park }: Application): Promise<Finding[]> {
  const admins = (await storage.access.listBindings("admin")).length;
  const needed = park.publishing.secondAdmin ? 2 : 1;
  const open = await storage.workflow.listProposals({ state: "open" });
  const failed = await storage.workflow.listSubmissions({ state: "received" });
  const verdict = await storage.audit.verify();
  return [
    {
      name: "管理员",
      state: admins >= needed ? "ok" : "warning",
      detail:
        admins >= needed
          ? `${admins} 位；待复核 ${open.length} 项，待读取文件 ${failed.length} 个`
          : `现有 ${admins} 位，通过聊天发布文件至少需要 ${needed} 位。请用 grant admin feishu:ou_xxx 授予。`,
    },
    {
      name: "操作日志",
      state: verdict.intact ? "ok" : "failed",
      detail: verdict.intact
        ? `完整，共 ${verdict.entries} 条`
        : `第 ${verdict.brokenAt} 条起不一致（${verdict.why}）。请保全数据目录并核查备份。`,
    },
  ];
}

/** Whether tickets reach somebody, and on which calendar their clocks run. */
async function describeDesk({ triage, storage }: Application, clock: Clock): Promise<Finding[]> {
  const settings = triage.settingsDesk.current();
  const staffed = settings.departments.filter(
    ({ group, specialists }) => group !== null || specialists.length > 0,
  );
  const open = await storage.tickets.count({ open: true });
  const problems = triage.settingsDesk.problems();
  const faults = [
    ...problems.flatMap(({ level, text }) => (level === "error" ? [text] : [])),
    ...(await triage.office.checkGoals()),
  ];
  const hints = problems.filter(({ level }) => level === "warning").length;
  const year = Number(toShanghaiDay(clock()).slice(0, 4));
  const missing = [year, year + 1].filter((each) => !triage.calendar().coversYear(each));
  const due = await storage.tickets.dueTickets(clock(), 1_000);
  return [
    {
      name: "工单受理",
      state: staffed.length > 0 && faults.length === 0 ? "ok" : "warning",
      detail: [
        `${staffed.length} 个部门已有专员或工单群，共 ${settings.departments.length} 个；未办结 ${open} 件，待处理的时限 ${due.length} 件`,
        ...(staffed.length > 0
          ? []
          : ["尚无人受理：请用 desk add-specialist、desk set-group 登记，登记前工单由管理员接收"]),
        ...faults,
        ...(hints > 0 ? [`另有 ${hints} 条提示，见 desk show`] : []),
      ].join("；"),
    },
    {
      name: "工作日历",
      state: missing.includes(year) ? "warning" : "ok",
      detail:
        missing.length === 0
          ? `含 ${year}、${year + 1} 年法定节假日与调休`
          : `缺 ${missing.join("、")} 年的放假安排，暂按周末休息计算；公布后请升级 chinese-days，或用 desk set calendar 补充。`,
    },
  ];
}

function describeRetrieval(application: Application): Finding[] {
  const lacking = lacksVectors(application);
  return application.retriever.describe().map((detail) => {
    if (!detail.includes("未启用")) return { name: "检索", state: "ok", detail };
    if (!lacking)
      return { name: "向量检索", state: "off", detail: "按词语检索；设置 EMBEDDING_MODEL 等后启用。" };
    return {
      name: "向量检索",
      state: "failed",
      detail:
        "接口无法使用，暂按词语检索。请检查 EMBEDDING_BASE_URL、EMBEDDING_API_KEY、EMBEDDING_MODEL 和网络，改正后重新启动。",
    };
  });
}

async function checkLanguageModel({ config, logger }: CommandContext): Promise<Finding> {
  const name = "语言模型";
  const { languageModel } = config;
  if (!languageModel) return { name, state: "off", detail: "按原文摘录作答；设置 OPENAI_API_KEY 后启用。" };
  return attempt(name, async () => {
    const { createLanguageModel } = await import("../models/index.ts");
    const model = createLanguageModel(languageModel, { logger, timeoutMs: MODEL_TIMEOUT_MS });
    await model.invoke([{ role: "user", content: "请只回复“好”。" }]);
    return { name, state: "ok", detail: `${model.name} 可用` };
  });
}

async function checkFeishu({ config, logger, clock }: CommandContext): Promise<Finding[]> {
  const { feishu } = config;
  if (!feishu)
    return [
      {
        name: "飞书",
        state: "off",
        detail: "设置 FEISHU_APP_ID 和 FEISHU_APP_SECRET 后接入，步骤见 src/channels/feishu/README.md。",
      },
    ];
  const { createFeishuChannel } = await import("../channels/index.ts");
  const channel = createFeishuChannel({ config: feishu, logger, clock });
  const reach = await attempt("飞书", async () => {
    const { healthy, detail } = await channel.probe();
    return { name: "飞书", state: healthy ? "ok" : "failed", detail: detail.replace(/^飞书：/, "") };
  });
  // Without credentials or network there is nothing to ask.
  return [reach, ...(reach.state === "ok" ? await channel.examine() : [])];
}

async function checkDiscord({ config, logger, clock }: CommandContext): Promise<Finding> {
  const name = "Discord";
  const { discord } = config;
  if (!discord)
    return {
      name,
      state: "off",
      detail: "设置 DISCORD_TOKEN 后接入，步骤见 src/channels/discord/README.md。",
    };
  return attempt(name, async () => {
    const { createDiscordChannel } = await import("../channels/index.ts");
    const { healthy, detail } = await createDiscordChannel({ config: discord, logger, clock }).probe();
    const lacking = healthy && detail.includes("缺少权限");
    return { name, state: healthy ? (lacking ? "warning" : "ok") : "failed", detail };
  });
}
