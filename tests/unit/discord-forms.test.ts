import { describe, expect, it } from "vitest";
import { listMissing, readField, splitPages } from "../../src/channels/discord/form-pages.ts";
import { readModal, toModal } from "../../src/channels/discord/modal.ts";
import { readSubmitted } from "../../src/channels/discord/read-submitted.ts";
import type { FormField } from "../../src/conversation/index.ts";

const many = (count: number): NonNullable<FormField["options"]> =>
  Array.from({ length: count }, (_, index) => ({ value: `v${index}`, label: `第${index}项` }));

const FIELDS: FormField[] = [
  { name: "name", label: "企业名称", kind: "text", required: true, value: "云川（虚构）" },
  { name: "size", label: "规模", kind: "select", options: many(3), value: "v1" },
  { name: "industry", label: "行业", kind: "select", options: many(40), value: "v7" },
  { name: "since", label: "成立日期", kind: "date" },
  { name: "more", label: "补充".repeat(40), kind: "multiline" },
  { name: "sixth", label: "第六项", kind: "text" },
];

describe("a form as Discord's dialog", () => {
  it("has pages of five, and leaves out choices of nothing", () => {
    expect(splitPages(FIELDS).map((page) => page.length)).toEqual([5, 1]);
    expect(splitPages([{ name: "x", label: "x", kind: "select", options: [] }])).toEqual([[]]);
  });

  it("shows what stands there, menus where they are short enough, and keeps the limits", () => {
    const [page = []] = splitPages(FIELDS);
    const modal = toModal({
      customId: "c",
      title: "提交".repeat(40),
      fields: page,
      language: "zh",
      optional: false,
    });
    expect(modal.title.length).toBeLessThanOrEqual(45);
    const [name, size, industry, since, more] = modal.components;
    expect(name?.component).toMatchObject({ type: 4, required: true, value: "云川（虚构）" });
    expect(size?.component).toMatchObject({ type: 3 });
    expect(JSON.stringify(size?.component)).toContain('"value":"v1","default":true');
    // Too many for a menu: its names are typed.
    expect(industry?.component).toMatchObject({ type: 4, value: "第7项" });
    expect(since?.component).toMatchObject({ type: 4, placeholder: "日期，如 2026-11-23" });
    expect(more?.label.length).toBeLessThanOrEqual(45);
    expect(more?.component).toMatchObject({ style: 2 });
  });

  it("comes back by the fields' own names, choices as values, days as days", () => {
    const [page = []] = splitPages(FIELDS);
    const submitted = readSubmitted([
      { type: 18, component: { type: 4, custom_id: "f0", value: " 云川热管理（虚构） " } },
      { type: 18, component: { type: 3, custom_id: "f1", values: ["v2"] } },
      { type: 1, components: [{ type: 4, custom_id: "f2", value: "第39项" }] },
      { type: 18, component: { type: 4, custom_id: "f3", value: "2019年3月1日" } },
    ]);
    expect(readModal(page, submitted)).toEqual({
      name: "云川热管理（虚构）",
      size: "v2",
      industry: "v39",
      since: "2019-03-01",
      more: "",
    });
  });

  it("takes no option that the form does not have", () => {
    const [, size] = FIELDS;
    if (!size) throw new Error("no field");
    expect(readField(size, "v99")).toBe("");
    expect(listMissing(FIELDS, { name: " " })).toEqual(["企业名称"]);
  });
});
