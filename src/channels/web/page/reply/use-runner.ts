import { useState } from "react";
import { useConfirm } from "../chat/confirm-dialog.tsx";
import type { ReplyAction } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";

/**
 * Does what a button says, after its question when it has one; until there is an outcome a second press does nothing. The
 * button keeps the focus, so it is only said to be disabled.
 */
export function useRunner(words: Words) {
  const confirm = useConfirm();
  const [busy, setBusy] = useState<string>();
  const run = async (key: string, action: ReplyAction, press: () => Promise<void>) => {
    if (busy !== undefined) return;
    if (action.confirm && !(await confirm(action.confirm, words))) return;
    setBusy(key);
    try {
      await press();
    } finally {
      setBusy(undefined);
    }
  };
  return { busy, run };
}
