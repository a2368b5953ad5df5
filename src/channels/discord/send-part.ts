import type { Logger } from "../../shared/index.ts";
import { DiscordCallError, describeFailure, remedyFor } from "./failures.ts";
import type { MessageBody } from "./message-body.ts";
import type { Outlet } from "./outlet.ts";
import type { ReplyPart } from "./render.ts";
import type { StreamTarget } from "./schema.ts";
import type { Sender, Sending } from "./send-message.ts";

export interface PartPlace {
  /** Among the parts and files of its reply. */
  position: number;
  key: string;
  /** The message that was filled while the reply was made: this part takes its place. */
  stream?: StreamTarget | undefined;
}

/** Sends one part, as an embed or, where the platform refuses that, as text. Returns the platform's message id. */
export type SendPart = (outlet: Outlet, part: ReplyPart, place: PartPlace) => Promise<string>;

export function createPartSender({ sender, logger }: { sender: Sender; logger: Logger }): SendPart {
  return async (outlet, part, place) => {
    const { body, uploads, fallback } = part;
    try {
      return await sendOne(sender, outlet, { body, uploads }, place);
    } catch (thrown) {
      if (!(thrown instanceof DiscordCallError) || !refusesForm(thrown) || fallback.length === 0)
        throw thrown;
      const failure = describeFailure(thrown.failure);
      logger.warn({ key: place.key, failure }, "discord: embed refused, sending text");
      return sendText(sender, outlet, fallback, place);
    }
  };
}

async function sendText(
  sender: Sender,
  outlet: Outlet,
  bodies: readonly MessageBody[],
  place: PartPlace,
): Promise<string> {
  let first = "";
  for (const [index, body] of bodies.entries()) {
    // Other content wants another nonce.
    const key = `${place.key}-t${index}`;
    const position = place.position + index;
    const stream = index === 0 ? place.stream : undefined;
    const id = await sendOne(sender, outlet, { body, uploads: [] }, { position, key, stream });
    if (index === 0) first = id;
  }
  return first;
}

async function sendOne(
  sender: Sender,
  outlet: Outlet,
  sending: Sending,
  { position, key, stream }: PartPlace,
): Promise<string> {
  switch (outlet.by) {
    case "original":
      if (position === 0) return sender.editOriginal(outlet.interaction, sending);
      if (outlet.ephemeral) return sender.followUp(outlet.interaction, sending);
      return sendBehind(sender, outlet, sending, key);
    case "follow-up":
      if (stream?.in === "message") await removeQuietly(sender, stream);
      return sender.followUp(outlet.interaction, sending);
    case "message":
      if (stream?.in !== "message") return sender.send(outlet.target, sending, key);
      if (outlet.target.channelId === undefined && outlet.announce) {
        await removeQuietly(sender, stream);
        return sender.send(outlet.target, sending, key);
      }
      try {
        return await sender.edit(stream.channelId, stream.messageId, sending);
      } catch (thrown) {
        if (remedyFor(thrown) !== "send-fresh") throw thrown;
        return sender.send(outlet.target, sending, key);
      }
  }
}

/** Behind an answer that everybody sees: as an ordinary message, which has a nonce; where the bot may not, by the token. */
async function sendBehind(
  sender: Sender,
  { interaction, target }: Extract<Outlet, { by: "original" }>,
  sending: Sending,
  key: string,
): Promise<string> {
  const { messageId: _messageId, ...behind } = target;
  try {
    return await sender.send(behind, sending, key);
  } catch (thrown) {
    if (!(thrown instanceof DiscordCallError) || thrown.failure.httpStatus !== 403) throw thrown;
    return sender.followUp(interaction, sending);
  }
}

async function removeQuietly(
  sender: Sender,
  stream: Extract<StreamTarget, { in: "message" }>,
): Promise<void> {
  await sender.remove(stream.channelId, stream.messageId).catch(() => {});
}

/** Also for want of the permission to embed or attach, which the platform does not tell apart. */
function refusesForm({ failure }: DiscordCallError): boolean {
  return failure.code === 50035 || failure.code === 50013;
}
