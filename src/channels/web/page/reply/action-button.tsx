import { DislikeOutlined, LikeOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import type { ReplyAction } from "../shared/wire.ts";

interface ActionButtonProps {
  action: ReplyAction;
  busy: boolean;
  onClick?(): void;
  /** Submits the form around it; `unchecked`: also while required fields are empty. */
  submits?: "checked" | "unchecked";
}

const ICONS: Readonly<Record<string, ReactNode>> = {
  "answer.helpful": <LikeOutlined aria-hidden="true" role="presentation" />,
  "answer.unhelpful": <DislikeOutlined aria-hidden="true" role="presentation" />,
};

export function ActionButton({ action, busy, onClick, submits }: ActionButtonProps) {
  const icon = ICONS[action.name];
  return (
    <Button
      htmlType={submits ? "submit" : "button"}
      type={action.style === "primary" ? "primary" : "default"}
      danger={action.style === "danger"}
      aria-disabled={busy}
      className={`${busy ? "is-busy" : ""} ${icon ? "actions__judging" : ""}`}
      {...(icon && { icon })}
      {...(onClick && { onClick })}
      {...(submits === "unchecked" && { formNoValidate: true })}
    >
      {action.label}
    </Button>
  );
}
