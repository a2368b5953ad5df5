import { setImmediate as immediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { keepRecent } from "../../src/knowledge/service/keep-recent.ts";
import { rememberByText } from "../../src/shared/index.ts";

function open(answers: Record<string, string | Error>, maxWeight = 100) {
  const asked: string[] = [];
  const get = keepRecent(
    async (key) => {
      asked.push(key);
      const answer = answers[key] ?? "";
      if (answer instanceof Error) throw answer;
      return answer;
    },
    (value) => value.length,
    maxWeight,
  );
  return { asked, get };
}

it("asks once for what it keeps, also when asked twice at a time", async () => {
  const { asked, get } = open({ a: "文件" });
  expect(await Promise.all([get("a"), get("a")])).toEqual(["文件", "文件"]);
  expect(await get("a")).toBe("文件");
  expect(asked).toEqual(["a"]);
});

it("asks again for what was not there, and after a failure", async () => {
  const answers: Record<string, string | Error> = { a: "", b: new Error("down") };
  const { get } = open(answers);
  expect(await get("a")).toBe("");
  await expect(get("b")).rejects.toThrow("down");
  Object.assign(answers, { a: "来了", b: "好了" });
  expect([await get("a"), await get("b")]).toEqual(["来了", "好了"]);
});

it("lets go of what was used least lately when it becomes too much", async () => {
  const { asked, get } = open({
    a: "x".repeat(40),
    b: "x".repeat(40),
    c: "x".repeat(40),
    d: "x".repeat(200),
  });
  for (const key of ["a", "b", "a", "c", "a", "b", "d", "d"]) {
    await get(key);
    await immediate();
  }
  expect(asked).toEqual(["a", "b", "c", "b", "d", "d"]);
});

it("remembers what was made of a text, within its bounds", () => {
  let made = 0;
  const measure = rememberByText((text) => {
    made += 1;
    return text.length;
  }, 10);
  for (const text of ["abcd", "abcd", "efgh", "abcd", "ijkl", "abcd", "x".repeat(11), "x".repeat(11)])
    expect(measure(text)).toBe(text.length);
  // The fifth made the first two forgotten; what is larger than the bound is never kept.
  expect(made).toBe(6);
});
