/** What is left when the bot's own mentions are taken off; other people's mentions are kept by name. */
export function readText(
  content: string,
  botUserId: string,
  mentions: readonly { id: string; username?: string | null | undefined }[],
): string {
  const named = new Map(mentions.map(({ id, username }) => [id, username]));
  return content
    .replace(/<@!?(\d{15,21})>/g, (_whole, id: string) => {
      if (id === botUserId) return " ";
      const name = named.get(id);
      return name ? `@${name}` : "";
    })
    .replace(/<@&\d{15,21}>|<#\d{15,21}>/g, " ")
    .replace(/<a?:(\w{2,32}):\d{15,21}>/g, ":$1:")
    .replace(/[ \t]{2,}/g, " ")
    .trim();
}

/** Whether the words name the bot by its id: a role of the same name or @everyone do not. */
export function mentionsBot(content: string, botUserId: string): boolean {
  return content.includes(`<@${botUserId}>`) || content.includes(`<@!${botUserId}>`);
}
