import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listDivisionNames } from "../../src/enterprises/identity/division-names.ts";
import { checkCreditCode } from "../../src/enterprises/index.ts";
import { loadPlaces } from "../../src/knowledge/index.ts";

/** The last four are made up after the standard's rule and are nobody's. */
const SOUND = [
  "91330100799655058B",
  "914403001922038216",
  "9144030071526726XG",
  "91110000802100433B",
  "91310120MA1J000145",
  "91310120MADX00078E",
  "91310120000000019W",
  "91310120MAE9TERT6T",
];
const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

describe("a unified social credit code", () => {
  it.each(SOUND)("%s is sound", (code) => {
    expect(checkCreditCode(code)).toMatchObject({ outcome: "sound", code });
  });

  it.each(SOUND)("%s fails with any one character changed", (code) => {
    let tried = 0;
    for (let index = 0; index < code.length; index += 1) {
      for (const other of CHARACTERS) {
        if (other === code[index]) continue;
        const changed = code.slice(0, index) + other + code.slice(index + 1);
        expect(checkCreditCode(changed).outcome, changed).toBe("doubtful");
        tried += 1;
      }
    }
    expect(tried).toBe(18 * 30);
  });

  it("is found in full width, lower case, with blanks, and within a sentence", () => {
    const code = "91310120MA1J000145";
    for (const written of [
      "91310120ma1j000145",
      "９１３１０１２０ＭＡ１Ｊ０００１４５",
      " 91310120 MA1J 0001 45 ",
      "91310120-MA1J0001-45",
      "我们公司的统一社会信用代码是91310120MA1J000145，成立于2018年",
      "税号：91310120 MA1J 000145。",
    ]) {
      expect(checkCreditCode(written), written).toMatchObject({ outcome: "sound", code });
    }
  });

  it("proposes digits for the letters that it does not have, only when that mends it", () => {
    expect(checkCreditCode("9131O12OMA1J000145")).toMatchObject({
      outcome: "doubtful",
      suggestion: "91310120MA1J000145",
    });
    expect(checkCreditCode("9I310120MA1J000145")).toMatchObject({ suggestion: "91310120MA1J000145" });
    expect(checkCreditCode("9I310120MA1J000146")).toMatchObject({ outcome: "doubtful", suggestion: null });
  });

  it("says what is wrong, and refuses nothing", () => {
    expect(checkCreditCode("91310120MA1J00014")).toMatchObject({
      outcome: "doubtful",
      why: expect.stringContaining("17位"),
    });
    expect(checkCreditCode("310120000123456")).toMatchObject({ why: expect.stringContaining("旧版") });
    expect(checkCreditCode("000000000000000000")).toMatchObject({
      outcome: "doubtful",
      why: expect.stringContaining("第1位"),
    });
  });

  it("is none where none is said", () => {
    for (const text of ["", "  ", "我们有300人，去年营收4亿元", "电话 021-12345678", "2026年11月23日"]) {
      expect(checkCreditCode(text), text).toEqual({ outcome: "none" });
    }
  });

  it("names who registered it, never more", () => {
    expect(checkCreditCode("91310120MA1J000145")).toMatchObject({ registeredBy: "上海市奉贤区" });
    expect(checkCreditCode("91330100799655058B")).toMatchObject({ registeredBy: "浙江省杭州市" });
    expect(checkCreditCode("914403001922038216")).toMatchObject({ registeredBy: "广东省深圳市" });
  });

  it("gives the organisation's own check as a hint only", () => {
    for (const code of SOUND) expect(checkCreditCode(code)).not.toHaveProperty("hint");
    // Another digit in place 17, and the last character made to fit again.
    const odd = [...CHARACTERS]
      .map((last) => `91310120MA1J00024${last}`)
      .map((code) => checkCreditCode(code));
    expect(odd.filter(({ outcome }) => outcome === "sound")).toMatchObject([
      { hint: expect.stringContaining("第9–17位") },
    ]);
  });

  it("names places as the lexicon does", async () => {
    const places = await loadPlaces(join(import.meta.dirname, "../../knowledge"));
    const missing = listDivisionNames().filter((name) => !places.get(name));
    expect(missing).toEqual([]);
  });
});
