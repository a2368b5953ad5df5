import type { Config } from "../config.ts";
import { type Clock, type Logger, toAppError } from "../shared/index.ts";

interface Finding {
  name: string;
  state: "ok" | "off" | "warning" | "failed";
  detail: string;
}

/** Whether people can sign in to the web chat with Feishu's accounts, who is let in, and which sites may frame the chat. */
export async function checkSignIn(config: Config, clock: Clock, logger: Logger): Promise<Finding[]> {
  const { feishu, http } = config;
  const frames: Finding[] =
    http.embedOrigins.length === 0
      ? []
      : [
          {
            name: "网页嵌入",
            state: http.publicUrl?.startsWith("https://") ? "ok" : "warning",
            detail: http.publicUrl?.startsWith("https://")
              ? `可嵌入 ${http.embedOrigins.join("、")}`
              : "嵌入其他网站须经 https 访问本服务：请设置 XIANCE_PUBLIC_URL 为 https:// 开头的对外地址。",
          },
        ];
  if (!feishu) return frames;
  const name = "账号登录";
  if (!http.publicUrl) {
    const detail = "设置 XIANCE_PUBLIC_URL 后可用飞书账号登录网页，步骤见 src/channels/web/README.md。";
    return [{ name, state: "off", detail }, ...frames];
  }
  const redirect = `${http.publicUrl}/auth/feishu/callback`;
  const { createFeishuSignIn } = await import("../channels/index.ts");
  const signIn = createFeishuSignIn({ config: feishu, clock, logger });
  try {
    const own = await signIn.ownTenant();
    const whose = own.known
      ? "只接受本单位账号"
      : own.selfBuilt
        ? "本应用为企业自建应用，由飞书限定本单位账号；如需另行核对，请设置 FEISHU_TENANT_KEY"
        : "无法确定本单位，任何人都不能登录：请设置 FEISHU_TENANT_KEY";
    const state = own.known || own.selfBuilt ? "ok" : "failed";
    return [{ name, state, detail: `${whose}；须在开放平台登记重定向地址 ${redirect}` }, ...frames];
  } catch (thrown) {
    logger.debug({ error: toAppError(thrown).message }, "the tenant could not be asked for");
    const detail = `暂时无法向飞书核对；须在开放平台登记重定向地址 ${redirect}`;
    return [{ name, state: "warning", detail }, ...frames];
  } finally {
    signIn.close();
  }
}
