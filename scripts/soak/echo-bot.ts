/**
 * The floor: a bot on the bare SDK that sends every text back. Nothing is stored, nothing is tried again. Configured by the
 * same variables as the service.
 */
import * as lark from "@larksuiteoapi/node-sdk";

const {
  FEISHU_APP_ID: appId = "",
  FEISHU_APP_SECRET: appSecret = "",
  FEISHU_DOMAIN: domain = "",
} = process.env;

lark.defaultHttpInstance.defaults.proxy = false;
const client = new lark.Client({ appId, appSecret, domain, loggerLevel: lark.LoggerLevel.error });
const dispatcher = new lark.EventDispatcher({ loggerLevel: lark.LoggerLevel.error }).register({
  "im.message.receive_v1": async ({ message }) => {
    // Not waited for: the platform is acknowledged at once.
    client.im.message
      .reply({
        path: { message_id: message.message_id },
        data: { msg_type: "text", content: message.content },
      })
      .catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  },
});
const connection = new lark.WSClient({ appId, appSecret, domain, loggerLevel: lark.LoggerLevel.error });
await connection.start({ eventDispatcher: dispatcher });

process.once("SIGTERM", () => {
  connection.close({ force: true });
  process.exit(0);
});
