import { Button } from "antd";
import type { ReplyAction } from "../shared/wire.ts";

interface ActionButtonProps {
  action: ReplyAction;
  busy: boolean;
  onClick?(): void;
  /** Submits the form around it; `unchecked`: also while required fields are empty. */
  submits?: "checked" | "unchecked";
}

export function ActionButton({ action, busy, onClick, submits }: ActionButtonProps) {
  return (
    <Button
      htmlType={submits ? "submit" : "button"}
      type={action.style === "primary" ? "primary" : "default"}
      danger={action.style === "danger"}
      aria-disabled={busy}
      {...(busy && { className: "is-busy" })}
      {...(onClick && { onClick })}
      {...(submits === "unchecked" && { formNoValidate: true })}
    >
      {action.label}
    </Button>
  );
}
