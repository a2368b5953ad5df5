import { CHANNEL, checkThreadName, findMessage, findPlace, MESSAGE } from "./channel-routes.ts";
import { demand } from "./permissions.ts";
import { noContent, type Platform, type RouteSpec } from "./platform.ts";
import { presentPlace } from "./present.ts";
import { createFinds, REFUSALS, Refusal } from "./refusal.ts";
import { BOT, CHANNEL_TYPE, createPlace, isThread, type Json, type Place } from "./world.ts";

const GUILDS_INTENT = 1;
const DURATIONS = [60, 1_440, 4_320, 10_080];

export const THREAD_ROUTES: RouteSpec[] = [
  {
    method: "POST",
    pattern: new RegExp(`^${MESSAGE}/threads$`),
    route: "thread",
    handle: (platform, { body }, params) => {
      const parent = findPlace(platform.world, params["channel"]);
      demandThreads(platform, parent, body);
      demand(platform.world, parent, "createPublicThreads", "readHistory");
      const message = findMessage(platform.world, parent, params["message"]);
      if (platform.world.places.has(message.id)) throw REFUSALS.threadExists();
      return open(platform, parent, body, { id: message.id, type: CHANNEL_TYPE.publicThread });
    },
  },
  {
    method: "POST",
    pattern: new RegExp(`^${CHANNEL}/threads$`),
    route: "thread",
    handle: (platform, { body }, params) => {
      const parent = findPlace(platform.world, params["channel"]);
      demandThreads(platform, parent, body);
      const type = Number(body["type"] ?? CHANNEL_TYPE.privateThread);
      if (type !== CHANNEL_TYPE.publicThread && type !== CHANNEL_TYPE.privateThread)
        throw new Refusal(400, 50024, "Cannot execute action on this channel type");
      const open11 = type === CHANNEL_TYPE.publicThread;
      demand(platform.world, parent, open11 ? "createPublicThreads" : "createPrivateThreads");
      return open(platform, parent, body, { type });
    },
  },
  {
    method: "PUT",
    pattern: new RegExp(`^${CHANNEL}/thread-members/(?<user>@me|\\d+)$`),
    route: "thread",
    handle: ({ world }, _request, params) => {
      const place = findPlace(world, params["channel"]);
      const user = params["user"] === "@me" ? BOT.userId : (params["user"] ?? "");
      if (!isThread(place)) throw new Refusal(400, 50024, "Cannot execute action on this channel type");
      if (!world.people.has(user)) throw REFUSALS.unknownUser();
      place.threadMembers.add(user);
      return noContent;
    },
  },
];

function demandThreads({ world }: Platform, parent: Place, body: Json): void {
  if (parent.type !== CHANNEL_TYPE.text && parent.type !== CHANNEL_TYPE.announcement)
    throw new Refusal(400, 50024, "Cannot execute action on this channel type");
  demand(world, parent);
  checkThreadName(body["name"]);
  const duration = body["auto_archive_duration"];
  if (duration === undefined || duration === null || DURATIONS.includes(Number(duration))) return;
  const finds = createFinds();
  finds.add(["auto_archive_duration"], "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).");
  finds.refuse();
}

function open(
  { world, gateway }: Platform,
  parent: Place,
  body: Json,
  spec: Pick<Place, "type"> & Partial<Place>,
) {
  const place = createPlace(world, {
    name: String(body["name"]),
    guildId: parent.guildId,
    parentId: parent.id,
    ownerId: BOT.userId,
    threadMembers: new Set([BOT.userId]),
    ...spec,
  });
  const data = presentPlace(world, place);
  gateway.dispatch("THREAD_CREATE", { ...data, newly_created: true }, { intents: GUILDS_INTENT });
  return { status: 201, body: data };
}
