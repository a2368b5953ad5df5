import { AppError } from "../../shared/index.ts";

const BY_HAND = "请用浏览器打开链接，把文件下载后直接提交。";

/** What must not be fetched. */
export function forbidden(message: string, safeMessage: string): AppError {
  return new AppError({ code: "forbidden", message: `link refused: ${message}`, safeMessage });
}

/** What cannot be fetched, or not now. */
export function unreachable(
  message: string,
  what: string,
  options: { retryable?: boolean; cause?: unknown } = {},
): AppError {
  const { retryable = false, cause } = options;
  return new AppError({
    code: "unusable-input",
    message: `cannot fetch the link: ${message}`,
    safeMessage: `${what}${retryable ? "可稍后再试；若仍不行，" : ""}${BY_HAND}`,
    retryable,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Errors of the connection → what a person is told. AppErrors stay themselves. */
export function toLinkError(thrown: unknown, host: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = "code" in error ? String(error.code) : "";
  if (/is not allowed\. Because/.test(error.message)) {
    return forbidden(
      error.message,
      `链接的主机“${host}”指向内部地址，为安全起见不抓取。请提交公开网站的链接，或直接提交文件。`,
    );
  }
  if (/ENOTFOUND|EAI_/.test(code)) {
    return unreachable(code, `找不到网站“${host}”，请检查链接是否完整。`, { cause: error });
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return unreachable(code, `网站“${host}”的安全证书无法验证，没有抓取。`, { cause: error });
  }
  if (/^Z_|ERR_.*BROTLI|ERR__ERROR/.test(code)) {
    return unreachable(code, `网站“${host}”返回的内容不完整（压缩数据解不开）。`, {
      retryable: true,
      cause: error,
    });
  }
  return unreachable(code || error.message, `连接网站“${host}”失败。`, { retryable: true, cause: error });
}
