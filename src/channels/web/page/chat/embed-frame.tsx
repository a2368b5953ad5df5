import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import type { Turn } from "../shared/wire.ts";
import { useWords } from "../words/words.ts";

/** Word to the launcher around the frame. None carries contents, so it may be any page that we let frame us. */
function tellLauncher(message: { xiance: "close" } | { xiance: "unread"; count: number }): void {
  if (window.parent !== window) window.parent.postMessage(message, "*");
}

/** Folds the frame, as does Escape, unless a dialog is open: then that closes. */
export function EmbedClose() {
  const words = useWords();
  const close = () => tellLauncher({ xiance: "close" });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
      tellLauncher({ xiance: "close" });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return (
    <Button
      size="small"
      className="header-button"
      icon={<CloseOutlined aria-hidden="true" role="presentation" />}
      aria-label={words.close}
      title={words.close}
      onClick={close}
    />
  );
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
