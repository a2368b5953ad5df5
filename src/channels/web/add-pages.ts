import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";

const PAGE_DIRECTORY = join(import.meta.dirname, "page");

/** The pages as they are: `/` and `/documents/ID`, with what they load under `/assets/`. Returns what sends the chat. */
export async function addPages(
  server: FastifyInstance,
  parkName: string,
): Promise<(reply: FastifyReply) => FastifyReply> {
  await server.register(fastifyStatic, {
    root: PAGE_DIRECTORY,
    prefix: "/assets/",
    index: false,
    cacheControl: false,
    setHeaders: (reply) => reply.header("cache-control", "no-cache"),
  });
  const chat = await readPage("index.html", parkName);
  const reader = await readPage("reader.html", parkName);
  const send = (reply: FastifyReply, page: string) =>
    reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page);
  server.get("/", (_request, reply) => send(reply, chat));
  server.get("/documents/:id", (_request, reply) => send(reply, reader));
  return (reply) => send(reply, chat);
}

async function readPage(file: string, parkName: string): Promise<string> {
  const page = await readFile(join(PAGE_DIRECTORY, file), "utf8");
  return page.replaceAll("{{park}}", escapeMarkup(parkName));
}

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
