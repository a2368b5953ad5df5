import { openWebWorld } from "../support/channel-contract/web-world.ts";
import { describeChannelContract } from "../support/channel-contract.ts";

describeChannelContract("web", openWebWorld);
