import { useEffect, useRef } from "react";
import type { Turn } from "../shared/wire.ts";

/** Word to the launcher around the frame. None carries contents, so it may be any page that we let frame us. */
function tellLauncher(message: { xiance: "close" } | { xiance: "unread"; count: number }): void {
  if (window.parent !== window) window.parent.postMessage(message, "*");
}

interface LauncherLink {
  enabled: boolean;
  /** The latest reply that came in while the page was open. */
  news: Turn | undefined;
  onOpened(): void;
}

/** Counts for the launcher what comes in while the frame is folded, and takes the focus when it unfolds. */
export function useLauncher({ enabled, news, onOpened }: LauncherLink): void {
  const folded = useRef(false);
  const unread = useRef(0);
  useEffect(() => {
    if (!enabled || !news || !folded.current) return;
    unread.current += 1;
    tellLauncher({ xiance: "unread", count: unread.current });
  }, [enabled, news]);
  useEffect(() => {
    // Where a dialog is open, Escape closes that.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
      if (enabled) tellLauncher({ xiance: "close" });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [enabled]);
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent) => {
      if (!enabled || source !== window.parent) return;
      if (data?.xiance === "closed") folded.current = true;
      if (data?.xiance !== "opened") return;
      folded.current = false;
      unread.current = 0;
      onOpened();
    };
    addEventListener("message", onMessage);
    return () => removeEventListener("message", onMessage);
  }, [enabled, onOpened]);
}
