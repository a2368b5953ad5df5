import type { LifeState } from "../../publishing/index.ts";

const LIFE: Record<LifeState, string> = {
  received: "已收到",
  parsed: "已读取，待提交复核",
  "in-review": "复核中",
  returned: "已退回",
  published: "已发布",
  superseded: "已被新版本替换",
  withdrawn: "已撤下",
  expired: "已发布，有效期已满",
};

export function describeLife(state: LifeState): string {
  return LIFE[state];
}
