import type { FastifyInstance } from "fastify";
import { AppError, toAppError } from "../shared/index.ts";
import type { ServerOptions } from "./types.ts";

type Address = Pick<ServerOptions, "host" | "port">;

/** Resolves with the address to open in a browser. Throws an AppError that says what to do when the port cannot be had. */
export async function listenOn(server: FastifyInstance, address: Address): Promise<string> {
  try {
    await server.listen({ host: address.host, port: address.port });
  } catch (thrown) {
    throw toListenError(thrown, address);
  }
  return toAddress(server.server.address(), address.host);
}

function toAddress(address: ReturnType<import("node:net").Server["address"]>, host: string): string {
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const anywhere = host === "0.0.0.0" || host === "::";
  const name = anywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function toListenError(thrown: unknown, { host, port }: Address): AppError {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  const failure = (safeMessage: string) =>
    new AppError({
      code: "configuration",
      message: `cannot listen on ${host}:${port}: ${String(code)}`,
      safeMessage,
      cause: thrown,
    });
  switch (code) {
    case "EADDRINUSE":
      return failure(
        `端口 ${port} 已被占用。请先停止占用它的程序，或用 XIANCE_HTTP_PORT 换一个端口（0 表示任选空闲端口）。`,
      );
    case "EACCES":
      return failure(`没有权限使用端口 ${port}。请用 XIANCE_HTTP_PORT 换一个 1024 以上的端口。`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return failure(`本机没有地址 ${host}。请检查 XIANCE_HTTP_HOST（仅本机访问用 127.0.0.1）。`);
    default:
      return toAppError(thrown);
  }
}
