import { describeChannelContract } from "../support/channel-contract.ts";
import { openFeishuWorld } from "../support/feishu-server/contract-world.ts";

describeChannelContract("feishu", openFeishuWorld);
