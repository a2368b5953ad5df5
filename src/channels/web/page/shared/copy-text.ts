/** False: the browser refused; then the contents of `fallback` stand selected. */
export async function copyText(text: string, fallback: Element | null | undefined): Promise<boolean> {
  try {
    // Absent on pages that are neither HTTPS nor local.
    if (!("clipboard" in navigator)) throw new Error("no clipboard");
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (fallback) getSelection()?.selectAllChildren(fallback);
    return false;
  }
}
