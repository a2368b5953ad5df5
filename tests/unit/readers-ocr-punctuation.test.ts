import { describe, expect, it } from "vitest";
import { repairPunctuation } from "../../src/readers/ocr/repair-punctuation.ts";

describe("punctuation of recognised lines", () => {
  it.each([
    ["企业,机构;个人:如下", "企业，机构；个人：如下"],
    ["对通过复评的 ，按30%给予奖励.", "对通过复评的，按30%给予奖励。"],
    ["达到500万元 (含) 以上", "达到500万元（含）以上"],
    ["元。 (责任单位：区科委、 区财政局)", "元。（责任单位：区科委、区财政局）"],
    ["(一) 申报主体", "（一）申报主体"],
    ["(1)申报书", "（1）申报书"],
    ["临政办规 【2025】17号", "临政办规〔2025〕17号"],
    ["沪府办规[2023]23号", "沪府办规〔2023〕23号"],
    ["沪科规〔2025]2号", "沪科规〔2025〕2号"],
    ["发展措施（2024－2026年）", "发展措施（2024—2026年）"],
    ["－2026年）》已经审议", "—2026年）》已经审议"],
    ["鼓励创新－－重点支持", "鼓励创新——重点支持"],
    ["二○二五年三月", "二〇二五年三月"],
    ["二O二O年", "二〇二〇年"],
    ['按照"就高不就低"的原则', "按照“就高不就低”的原则"],
    ["按照“就高不就低“的原则", "按照“就高不就低”的原则"],
    ["第１２条", "第12条"],
    ["市政府各委丶办丶局", "市政府各委、办、局"],
    ["特此通知°", "特此通知。"],
    ["依规设立°符合条件的", "依规设立。符合条件的"],
    ["予以支持·", "予以支持。"],
    ["联系邮箱：policy @ linjiang. example", "联系邮箱：policy@linjiang.example"],
  ])("%s", (read, printed) => {
    expect(repairPunctuation(read)).toBe(printed);
  });

  it.each([
    "比例不超过1:0.5",
    "室温25°以上",
    "阿卜杜拉·买买提",
    "研发费用1,000.50万元",
    "2024-2026年",
    "电话021-12345678",
    "网址https://www.example.cn/a?b=1,2",
    "符合ISO 9001:2015标准",
    "上午9:30至11:30",
    "公告（2025）沪01号",
    "一、总则",
    "一二三四五年级",
  ])("leaves %s", (printed) => {
    expect(repairPunctuation(printed)).toBe(printed);
  });

  it("keeps blanks between Latin words only", () => {
    expect(repairPunctuation("发展 Digital Twin 技术")).toBe("发展Digital Twin技术");
    expect(repairPunctuation("Digital Twin, 2.0 (beta)")).toBe("Digital Twin, 2.0 (beta)");
  });
});
