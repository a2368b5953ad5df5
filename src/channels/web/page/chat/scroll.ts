/** How far from the end still counts as reading the end, in pixels. */
const END_MARGIN = 240;

export function isAtEnd(): boolean {
  const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
  return scrollHeight - scrollTop - clientHeight < END_MARGIN;
}

export function scrollToEnd(): void {
  window.scrollTo({ top: document.documentElement.scrollHeight });
}
