import { describe, expect, it } from "vitest";
import { needsForm } from "../../src/channels/discord/needs-form.ts";
import type { FormField } from "../../src/conversation/index.ts";

const EMPTY: FormField[] = [{ name: "text", label: "说明", kind: "multiline" }];
const FILLED: FormField[] = [{ name: "text", label: "内容", kind: "multiline", value: "发票开不出来" }];
const REQUIRED: FormField[] = [{ name: "reason", label: "原因", kind: "text", required: true }];

describe("a button of a form", () => {
  it.each(["认领 0012", "评价 0012 5"])("that says all by itself goes out with one press: %s", (command) => {
    expect(needsForm({ command }, EMPTY, true)).toBe(false);
  });

  it.each(["回复 0012 …", "转派 0012 部门 原因", "退回 0012 原因", "不同意登记 web:1 原因…"])(
    "that wants words opens the form: %s",
    (command) => {
      expect(needsForm({ command }, EMPTY, false)).toBe(true);
    },
  );

  it("that sends what stands there, or what must be given, opens it to be looked at", () => {
    expect(needsForm({ command: "提交" }, FILLED, true)).toBe(true);
    expect(needsForm({ command: "提交" }, REQUIRED, true)).toBe(true);
    expect(needsForm({}, EMPTY, true)).toBe(true);
  });

  it("that puts it off does not", () => {
    expect(needsForm({ command: "取消" }, FILLED, false)).toBe(false);
  });
});
