import { type Actor, describeVisibility, type Visibility } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import type { Reply } from "../types.ts";
import type { DocumentDeskOptions } from "./desk-parts.ts";
import { toDeskReply } from "./desk-reply.ts";
import { findDocument } from "./find-document.ts";
import type { DeskCommand } from "./read-command.ts";

type VisibilityCommand = Extract<DeskCommand, { do: "visibility" }>;

/** `group`: the group in which it was said; there, a document can be opened for that group, and nothing else. */
export async function setVisibility(
  { publishing: { review } }: DocumentDeskOptions,
  { document, scope, reason }: VisibilityCommand,
  actor: Actor,
  group: string | undefined,
): Promise<Reply> {
  const documentId = await findDocument(review, document, actor);
  const before = (await review.getStatus(documentId, actor)).visibility;
  const visibility = chooseVisibility(scope, group, before);
  const { title } = await review.setVisibility(
    documentId,
    visibility,
    actor,
    reason === "" ? undefined : reason,
  );
  const text = `《${title}》的可见范围已改为：${describeVisibility(visibility)}。新的提问即按此作答。`;
  return toDeskReply("desk-done", text, []);
}

function chooseVisibility(
  scope: VisibilityCommand["scope"],
  group: string | undefined,
  before: Visibility,
): Visibility {
  if (scope === "here") {
    if (group === undefined) throw usage("“本群”须在要开放的群里 @我 发送；私聊中可设为“公开”或“内部”。");
    const chats = before.kind === "groups" ? before.chats : [];
    return { kind: "groups", chats: [...new Set([...chats, group])] };
  }
  if (group !== undefined) throw usage("在群里只能设为“本群”；改为“公开”或“内部”请在与我的私聊中进行。");
  return { kind: scope };
}

function usage(safeMessage: string): AppError {
  return new AppError({ code: "usage", message: "visibility asked for in the wrong place", safeMessage });
}
