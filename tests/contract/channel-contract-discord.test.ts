import { describeChannelContract } from "../support/channel-contract.ts";
import { openDiscordWorld } from "../support/discord-server/contract-world.ts";

describeChannelContract("discord", openDiscordWorld);
