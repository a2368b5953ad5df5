import { drawFigures, sayPeriod } from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { misuse, toOfficeButton, toOfficeReply } from "./office-reply.ts";
import { type ReadPeriod, readPeriod } from "./read-period.ts";

/** “工单统计 上周”: in words, then the charts. Leads see their own departments; the office checks it. */
export async function showFigures(turn: OfficeTurn, words: string): Promise<Reply> {
  const { options, context } = turn;
  const period = requirePeriod(turn, words);
  const { figures, lines } = await options.office.describeFigures(period, context.actor);
  const pictures: ReplyBlock[] = [];
  for (const { name, png, alt } of await drawFigures(figures)) {
    const fileId = await keep(turn, `${name}.png`, "image/png", png);
    pictures.push({ type: "picture", fileId, alt, url: `/files/${fileId}` });
  }
  return toOfficeReply("figures", `工单统计（${sayPeriod(figures.period)}）`, [
    { type: "list", items: lines },
    ...pictures,
    {
      type: "actions",
      actions: [
        toOfficeButton("figures", "导出 xlsx", {
          values: { period: words, file: "yes" },
          command: `导出工单统计${words === "" ? "" : ` ${words}`}`,
        }),
      ],
    },
  ]);
}

/** “导出工单统计 上月”. */
export async function exportFigures(turn: OfficeTurn, words: string): Promise<Reply> {
  const { options, context } = turn;
  const file = await options.office.figuresFile(requirePeriod(turn, words), context.actor);
  const fileId = await keep(turn, file.name, file.mediaType, file.bytes);
  const { name, mediaType, bytes } = file;
  return toOfficeReply("figures", "工单统计已导出。", [
    { type: "file", fileId, name, mediaType, bytes: bytes.length, url: `/files/${fileId}` },
    { type: "notice", text: "表中含办理人员的工作数据，请勿转发到群里。" },
  ]);
}

export function requirePeriod({ at }: OfficeTurn, words: string): ReadPeriod {
  const period = readPeriod(words, at);
  if (period) return period;
  throw misuse(
    `没有看懂期间“${words}”。可写：本周、上周、本月、上月，或“2026-11-01 到 2026-11-15”（首尾两天都算）。`,
  );
}

function keep(
  { options, context, key, at }: OfficeTurn,
  name: string,
  mediaType: string,
  bytes: Uint8Array,
): Promise<string> {
  const { account } = context.actor;
  return options.saveFile({ key, account, enterpriseId: null, name, mediaType, bytes, at });
}
