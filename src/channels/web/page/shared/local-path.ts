/** The reader of this server, under whatever name the browser reaches it. */
export function localPath(url: string): string {
  const { pathname, search, hash } = new URL(url, location.href);
  return pathname + search + hash;
}
