/** What a person reads when signing in did not work: plain, without scripts. */
export interface SignInTrouble {
  status: 400 | 403 | 404 | 429 | 502;
  title: string;
  text: string;
  /** Offers to begin again. */
  mayRetry: boolean;
}

export type TroubleName =
  | "off"
  | "denied"
  | "stale"
  | "too-fast"
  | "code"
  | "other-organisation"
  | "left"
  | "configuration"
  | "unavailable";

/** `label`: the platform's name. */
export function describeTrouble(name: TroubleName, label: string): SignInTrouble {
  const again = "请返回重新登录。";
  switch (name) {
    case "off":
      return {
        status: 404,
        title: "本服务未启用账号登录",
        text: "您可以直接提问，无需登录。如需启用，请管理员设置 XIANCE_PUBLIC_URL 并接入飞书，步骤见部署说明。",
        mayRetry: false,
      };
    case "denied":
      return {
        status: 403,
        title: "登录已取消",
        text: `您没有同意${label}的授权，未登录。${again}`,
        mayRetry: true,
      };
    case "stale":
      return {
        status: 400,
        title: "本次登录已失效",
        text: `登录须在 10 分钟内、在同一浏览器中完成，且只能使用一次。${again}如反复出现，请允许浏览器保存本站的 Cookie。`,
        mayRetry: true,
      };
    case "too-fast":
      return { status: 429, title: "登录过于频繁", text: "请约一分钟后再试。", mayRetry: true };
    case "code":
      return {
        status: 400,
        title: "登录未完成",
        text: `${label}返回的授权已失效或已使用。${again}`,
        mayRetry: true,
      };
    case "other-organisation":
      return {
        status: 403,
        title: "该账号不能登录本服务",
        text: `本服务只接受本单位${label}组织的账号。请切换到本单位的账号后重新登录；外单位人员无需登录即可提问。`,
        mayRetry: true,
      };
    case "left":
      return {
        status: 403,
        title: "该账号已停用",
        text: `${label}显示该账号已离职或被冻结，不能登录。如有疑问，请联系本单位的${label}管理员。`,
        mayRetry: false,
      };
    case "configuration":
      return {
        status: 502,
        title: "登录配置有误",
        text: `${label}没有接受本服务的登录请求。请把此页面告诉管理员：核对应用密钥、重定向地址和登录权限（运行 doctor 可查看）。`,
        mayRetry: false,
      };
    case "unavailable":
      return {
        status: 502,
        title: `暂时连不上${label}`,
        text: "请稍后重新登录；提问不受影响。",
        mayRetry: true,
      };
  }
}

/** Everything in it is ours or escaped by being an encoded address. */
export function writeSignInPage(
  { title, text, mayRetry }: SignInTrouble,
  provider: string,
  returnTo: string,
): string {
  const again = `/auth/${provider}/start?return=${encodeURIComponent(returnTo)}`;
  const retry = mayRetry ? `<p><a href="${again}">重新登录</a></p>` : "";
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · 贤策</title>
<link rel="stylesheet" href="/auth/page.css">
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
${retry}
<p><a href="/">返回首页</a></p>
</main>
</body>
</html>
`;
}

export const SIGN_IN_STYLE = `:root{color-scheme:light dark}
body{margin:0;font:1.0625rem/1.8 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:34rem;margin:12vh auto 0;padding:0 1.5rem}
h1{font-size:1.375rem}
`;
