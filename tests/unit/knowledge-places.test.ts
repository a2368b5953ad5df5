import { describe, expect, it } from "vitest";
import { findPlaces, loadPlaces } from "../../src/knowledge/index.ts";

const places = await loadPlaces(new URL("../../knowledge", import.meta.url).pathname);

describe("findPlaces", () => {
  it.each([
    ["奉贤有什么基金", ["奉贤区"]],
    ["浦东的企业能申请奉贤园吗", ["浦东新区", "奉贤区"]],
    ["广东省广州市天河区", ["广东省", "广州市", "天河区"]],
    ["苏州和杭州有类似政策吗", ["苏州市", "杭州市"]],
    ["内蒙古", ["内蒙古自治区"]],
    ["上海交通大学的团队", []],
    ["杭州湾化工新材料园区", []],
    ["南京路的门店", []],
    ["东方美谷在哪里", []],
    ["光明日报报道", []],
    ["朝阳产业", []],
    ["天使轮有什么基金", []],
  ])("%s", (text, expected) => expect(findPlaces(text, places)).toEqual(expected));

  it("knows what lies in what", () => {
    expect(places.get("奉贤区")).toMatchObject({ level: 2, parent: "上海市" });
    expect(places.get("深圳市")).toMatchObject({ level: 1, parent: "广东省" });
  });

  it("says what to do when the list is missing", async () => {
    await expect(loadPlaces("/nowhere")).rejects.toMatchObject({ code: "configuration" });
  });
});
