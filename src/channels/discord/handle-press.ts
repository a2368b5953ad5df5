import type { InboundAction, Reply, ReplyAction, ReplyBlock } from "../../conversation/index.ts";
import { toAppError } from "../../shared/index.ts";
import { makeButton } from "./buttons.ts";
import type { ButtonScope, Carried } from "./custom-id.ts";
import { createDrafts, type Drafts } from "./drafts.ts";
import { listMissing, readDefaults, splitPages } from "./form-pages.ts";
import { type InteractionParts, type StoreAndDefer, say } from "./interaction-parts.ts";
import { SAID } from "./interaction-words.ts";
import { titleOf } from "./labels.ts";
import { clip } from "./markdown.ts";
import { FLAGS } from "./message-body.ts";
import { readModal, toModal } from "./modal.ts";
import type { InteractionPlace } from "./place.ts";
import { readSubmitted } from "./read-submitted.ts";
import { receivePress } from "./receive-interaction.ts";
import { NO_MENTIONS } from "./render.ts";
import type { InteractionEvent } from "./schema.ts";

type FormBlock = Extract<ReplyBlock, { type: "form" }>;
type LookedUp = Exclude<Carried, { do: "act" }>;

/** One press under way. */
interface Press {
  event: InteractionEvent;
  place: InteractionPlace;
  scope: ButtonScope;
  store: StoreAndDefer;
  parts: InteractionParts;
  drafts: Drafts;
}

/** A pressed button or a submitted modal, if it is ours and was sent there. */
export function createPressHandler(
  parts: InteractionParts,
): (event: InteractionEvent, place: InteractionPlace, store: StoreAndDefer) => Promise<void> {
  const drafts = createDrafts(parts.context.clock);
  return async (event, place, store) => {
    const { answers, signer, context } = parts;
    const said = SAID[place.language];
    const scopes: ButtonScope[] = [
      { kind: "person", userId: place.userId },
      ...(place.channelId ? [{ kind: "channel" as const, channelId: place.channelId }] : []),
    ];
    const read = signer.read(event.data?.custom_id ?? "", scopes);
    if (!read) {
      context.logger.info({}, "discord: press refused: the signature is of another place");
      await answers.answer(event, say(said.stale));
      return;
    }
    const press: Press = { event, place, scope: read.scope, store, parts, drafts };
    if (read.carried.do === "act") return take(press, read.carried);
    try {
      await takeLookedUp(press, read.carried);
    } catch (thrown) {
      const error = toAppError(thrown);
      context.logger.error({ errorId: error.id, error: error.message }, "discord: press not handled");
      await answers.answer(event, say(said.notStored(error.id)));
    }
  };
}

async function takeLookedUp(press: Press, carried: LookedUp): Promise<void> {
  const { event, place, parts } = press;
  const { answers } = parts;
  const reply = await parts.readReply(carried.outboxId);
  const block = reply?.blocks[carried.block];
  const action = findAction(block, carried.action);
  if (!reply || !block || !action) {
    await answers.answer(event, say(SAID[place.language].gone));
    return;
  }
  if (carried.do === "look-up") {
    if (carried.confirm && action.confirm !== undefined) await askToConfirm(press, carried, reply, action);
    else {
      const form = block.type === "form" ? { form: readDefaults(block.fields) } : {};
      await take(press, { name: action.name, values: action.values, ...form });
    }
    return;
  }
  if (block.type !== "form") {
    await answers.answer(event, say(SAID[place.language].gone));
    return;
  }
  if (carried.do === "open-form") await openForm(press, carried, reply, [block, action]);
  else await submitForm(press, carried, [block, action]);
}

function findAction(block: ReplyBlock | undefined, index: number): ReplyAction | undefined {
  if (block?.type === "actions") return block.actions[index];
  return block?.type === "form" ? [block.submit, ...(block.more ?? [])][index] : undefined;
}

async function take({ event, place, scope, store, parts }: Press, action: InboundAction): Promise<void> {
  const privately = scope.kind === "person";
  const deferral = privately && place.guildId !== undefined ? "ephemeral" : "update";
  const { name, values, form } = action;
  const message = receivePress(event, place, {
    action: { name, values, ...(form && { form }) },
    privately,
    deferral,
    now: parts.context.clock(),
  });
  // Who confirmed need not be asked again.
  const confirmed =
    deferral === "update" && place.onEphemeral
      ? {
          type: 7 as const,
          data: {
            content: SAID[place.language].confirmed,
            embeds: [],
            components: [],
            allowed_mentions: NO_MENTIONS,
          },
        }
      : undefined;
  await store(event, message, deferral, confirmed);
}

/** Only who pressed is asked; the platform has no questions of its own. */
async function askToConfirm(
  { event, place, scope, parts }: Press,
  carried: LookedUp,
  reply: Reply,
  { confirm = "" }: ReplyAction,
): Promise<void> {
  const customId = parts.signer.write({ ...carried, confirm: false }, scope);
  const components = makeButton(SAID[place.language].confirm, "danger", customId);
  await parts.answers.answer(event, {
    type: 4,
    data: {
      content: clip(confirm, 1_500) || reply.headline.slice(0, 200),
      flags: FLAGS.ephemeral,
      allowed_mentions: NO_MENTIONS,
      components: [{ type: 1, components }],
    },
  });
}

async function openForm(
  { event, place, scope, parts, drafts }: Press,
  carried: LookedUp,
  reply: Reply,
  [block, action]: [FormBlock, ReplyAction],
): Promise<void> {
  const draft = drafts.get(place.userId, carried);
  const fields = (splitPages(block.fields)[carried.page] ?? []).map((field) => {
    const typed = draft?.[field.name];
    return typed === undefined ? field : { ...field, value: typed };
  });
  const customId = parts.signer.write({ ...carried, do: "submit-form" }, scope);
  if (customId === undefined || fields.length === 0) {
    await parts.answers.answer(event, say(SAID[place.language].gone));
    return;
  }
  const { language } = reply;
  const title = carried.action === 0 ? titleOf(reply.kind, language).title : action.label;
  const modal = toModal({ customId, title, fields, language, optional: carried.action > 0 });
  await parts.answers.answer(event, { type: 9, data: modal });
}

async function submitForm(
  press: Press,
  carried: LookedUp,
  [block, action]: [FormBlock, ReplyAction],
): Promise<void> {
  const { event, place, parts, drafts } = press;
  const pages = splitPages(block.fields);
  const page = readModal(pages[carried.page] ?? [], readSubmitted(event.data?.components));
  const form = { ...readDefaults(block.fields), ...drafts.get(place.userId, carried), ...page };
  // What withdraws or puts off must work while the form is empty.
  const missing = carried.action === 0 ? listMissing(block.fields, form) : [];
  if (missing.length > 0) {
    drafts.keep(place.userId, carried, form);
    const said = SAID[place.language];
    const line = pages.length > 1 ? said.missing(missing) : said.required(missing);
    await parts.answers.answer(event, say(line));
    return;
  }
  drafts.drop(place.userId, carried);
  await take(press, { name: action.name, values: action.values, form });
}
