import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ended, runCommandLine } from "../support/run-command-line.ts";
import { spawnService } from "../support/spawn-service.ts";

const TEXT = `青岚区孵化器管理办法

青科规〔2026〕5号

第一条 为支持孵化器发展，制定本办法。
第二条 对新认定的孵化器，一次性奖励30万元。
第三条 本办法自2026年1月1日起施行，有效期3年。
`;

/** Each test starts a dozen processes. */
const PATIENCE = { timeout: 120_000 };

let data: string;
let file: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "xiance-review-"));
  file = join(data, "办法.txt");
  await writeFile(file, TEXT);
});

afterEach(async () => {
  await rm(data, { recursive: true, force: true });
});

function run(...words: string[]): Promise<Ended> {
  return runCommandLine([...words, "--data", data]);
}

async function readJson<Value>(...words: string[]): Promise<Value> {
  const { stdout, stderr, code } = await run(...words, "--json");
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return JSON.parse(stdout) as Value;
}

describe("documents at the command line", PATIENCE, () => {
  it("go through two operators, in words that people read", async () => {
    const { review } = await readJson<{ review: { versionId: string; documentId: string } }>(
      ...["review", "submit-file", file, "--operator", "li"],
    );
    const proposed = await run("review", "propose", review.versionId, "--operator", "li");
    const proposal = /已提交，需另一位管理员复核：(\S+)/.exec(proposed.stdout)?.[1] ?? "";
    const own = await run("review", "approve", proposal, "--operator", "li");
    expect(own).toMatchObject({ code: 1, stderr: expect.stringContaining("另一位管理员") });
    expect((await run("review", "approve", proposal, "--operator", "wang")).stdout).toContain("已生效：");

    const status = await run("review", "status", review.documentId);
    expect(status.stdout).toMatch(/第1版 {2}已发布，?/);
    const withdrawn = await run(
      "unpublish",
      review.documentId,
      "--operator",
      "zhao",
      "--reason",
      "已有新文件",
    );
    expect(withdrawn.stdout).toContain("已撤下");
    const { stdout } = await run("audit", "list", "--subject", `document:${review.documentId}`);
    expect(stdout).toMatch(/cli:zhao {2}\S+ {2}.*原因：已有新文件/);
  });

  it("are found by their titles; a day that is none is refused", async () => {
    // Reads the shipped plan in.
    await run("roles");
    expect((await run("documents", "--search", "奉贤园")).stdout).toContain("第1版");
    expect((await run("documents", "--search", "没有这份")).stdout).toContain("没有标题或编号含");
    expect(await run("watch", "--day", "明年")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("YYYY-MM-DD"),
    });
  });

  it("can be looked at beside a running service, and changed there only through it", async () => {
    const service = spawnService(data);
    await service.says(/网页问答：/);
    for (const words of [["review", "list"], ["audit", "verify"], ["watch"], ["roles"], ["faq", "list"]]) {
      expect(await run(...words), words.join(" ")).toMatchObject({ code: 0, stderr: "" });
    }
    expect((await run("review", "submit-file", file)).stderr).toContain("数据目录正被另一个贤策进程使用");
    service.signal("SIGTERM");
    await service.exit();
  });
});
