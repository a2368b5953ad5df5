import type { ReplyAction } from "./types.ts";

export interface ButtonOptions {
  values?: Readonly<Record<string, string>>;
  style?: ReplyAction["style"];
  command?: string;
  confirm?: string;
}

/** A button of one skill: its actions are named `prefix.name`. */
export function writeButton(
  prefix: string,
  name: string,
  label: string,
  { values = {}, style = "default", command, confirm }: ButtonOptions = {},
): ReplyAction {
  return {
    name: `${prefix}.${name}`,
    label,
    style,
    values,
    ...(command !== undefined && { command }),
    ...(confirm !== undefined && { confirm }),
  };
}
