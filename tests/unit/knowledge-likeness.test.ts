import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFingerprint, matchDocument, parseDocument } from "../../src/knowledge/index.ts";
import { makeTitleKey } from "../../src/knowledge/metadata/title-key.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";
import type { FingerprintRecord, KnowledgeStore } from "../../src/storage/index.ts";

const LIBRARY = join(import.meta.dirname, "../fixtures/policy-library");
const files = readdirSync(LIBRARY).filter((file) => file.endsWith(".txt"));
const textOf = (file: string) => readFileSync(join(LIBRARY, file), "utf8");

const fingerprint = (text: string, fileName = "某文件.txt") =>
  makeFingerprint(parseDocument(text, { fileName }));

/** A store of fingerprints in memory, one version a document. */
function keep(
  documents: Record<string, string>,
): Pick<KnowledgeStore, "findFingerprints" | "eachFingerprint"> {
  const records: FingerprintRecord[] = Object.entries(documents).map(([id, text]) => ({
    ...fingerprint(text, `${id}.txt`),
    documentId: id as DocumentId,
    versionId: `${id}-1` as VersionId,
  }));
  return {
    findFingerprints: async (wanted) =>
      records.filter(
        (record) =>
          record.textHash === wanted.textHash ||
          record.titleKey === wanted.titleKey ||
          (record.numberKey !== null && record.numberKey === wanted.numberKey),
      ),
    eachFingerprint: async (_, onBatch) => onBatch(records),
  };
}

const match = (text: string, documents: Record<string, string>, fileName?: string) =>
  matchDocument(fingerprint(text, fileName), keep(documents), text);

/** Every n-th character misread, as the same noise in every run. */
function misread(text: string, every: number): string {
  return [...text]
    .map((letter, index) => (/[\u4e00-\u9fff]/.test(letter) && index % every === every - 1 ? "曰" : letter))
    .join("");
}

const library = Object.fromEntries(files.map((file) => [file, textOf(file)]));

describe("copies of a document", () => {
  it.each(files)("%s: the same words are the same version, however they are laid out", async (file) => {
    const text = textOf(file);
    const spaced = text.replace(/，/g, "， ").replace(/\n+/g, "\n\n");
    expect(await match(spaced, library)).toMatchObject({ kind: "same", documentId: file });
  });

  it.each(files)(
    "%s: a page around it, misread characters and rewritten clauses make a new version",
    async (file) => {
      const text = textOf(file);
      const page = `首页 > 政务公开\n索引号：AB-1\n发布日期：2025-01-01\n${text}\n上一篇：甲\n版权所有：云川市\n`;
      const rewritten = text.replace(
        /(?<=\n).{40,}(?=\n)/,
        "本条内容已经调整，具体办法另行规定，由主管部门负责解释并组织实施。",
      );
      const scanned = misread(text, 33);
      for (const copy of [page, rewritten, scanned]) {
        const found = await match(copy, library);
        expect(["same", "new-version"], JSON.stringify(found)).toContain(found.kind);
        expect(found).toMatchObject({ documentId: file });
      }
    },
  );

  it("that say another figure are not the same", async () => {
    const text =
      "云川市甲办法\n第一条 按费用的1.5%给予补贴，最高10-20万元。\n第二条 本办法由市科技局负责解释。";
    for (const changed of [text.replace("1.5", "15"), text.replace("%", "‰"), text.replace("10-20", "1020")])
      expect((await match(changed, { a: text })).kind).toBe("new-version");
  });

  it("whose title was misread are told by the words of the body", async () => {
    const file = "云川市科技企业孵化器认定管理办法.txt";
    const known = textOf(file).replace("云科规〔2024〕9号", "");
    const text = misread(known, 40).replace("云川市科技企业孵化器", "云川市科技企业孵北器");
    expect(await match(text, { [file]: known })).toMatchObject({
      kind: "new-version",
      because: "likeness",
    });
  });
});

describe("other documents", () => {
  const file = "关于组织申报2026年度云川市科技型企业贷款贴息项目的通知.txt";
  const call = textOf(file);

  it("of the next year are alike, no new version", async () => {
    const next = call.replaceAll("2026", "2027").replaceAll("〔2027〕18号", "〔2027〕21号");
    expect(await match(next, { call })).toMatchObject({ kind: "alike", documentId: "call" });
    const unnumbered = (text: string) => text.replace(/云科发.2\d+.\d+号/g, "");
    expect(await match(unnumbered(next), { call: unnumbered(call) })).toMatchObject({ kind: "alike" });
  });

  it("of the next year under one title are told by their dates", async () => {
    const yearly = (year: string) =>
      `关于组织申报科技创新券的通知\n各有关单位：\n现组织申报科技创新券，请各单位按要求准备材料，于截止日前报送。\n特此通知。\n云川市科学技术局\n${year}年3月1日\n`;
    expect((await match(yearly("2026"), { a: yearly("2025") })).kind).toBe("alike");
    expect((await match(yearly("2025").replace("截止日", "最后一日"), { a: yearly("2025") })).kind).toBe(
      "new-version",
    );
  });

  it("of another district or subject are alike at most", async () => {
    const source = "云川市科技企业孵化器认定管理办法.txt";
    const text = textOf(source).replace(/云科规.2\d+.\d+号/g, "");
    const subject = text.replaceAll("科技企业", "文化企业");
    const district = text.replaceAll("云川市", "云溪市");
    for (const other of [subject, district]) expect((await match(other, { a: text })).kind).toBe("alike");
  });

  it("that have nothing in common are new", async () => {
    for (const one of files) {
      const others = Object.fromEntries(Object.entries(library).filter(([name]) => name !== one));
      expect(await match(textOf(one), others)).toEqual({ kind: "new" });
    }
  });
});

describe("editions", () => {
  const draft =
    "云川市甲办法（征求意见稿）\n第一条 为了规范创新券的使用，制定本办法。\n第二条 每家企业每年最高支持十万元。\n第三条 本办法由市科技局负责解释。";
  const final = `${draft.replace("（征求意见稿）", "\n云科规〔2025〕3号").replace("十万元", "二十万元")}\n第四条 本办法自2025年1月1日起施行。`;

  it("a draft and its final text are one document", async () => {
    expect(await match(final, { draft })).toMatchObject({ kind: "new-version", because: "title" });
  });
  it("one number is one document, however the title is printed", async () => {
    const copy = final.replace("云川市甲办法", "关于甲办法的若干规定").replace("解释", "具体解释");
    expect(await match(copy, { final })).toMatchObject({ kind: "new-version", because: "number" });
  });
  it("one title under two numbers is for a person to judge", async () => {
    expect(await match(final.replace("〔2025〕3号", "〔2028〕9号"), { final })).toMatchObject({
      kind: "alike",
    });
  });
});

describe("title keys", () => {
  it.each([
    ["关于印发《云川市甲办法》的通知", "云川市甲办法"],
    ["云川市甲办法（试行）", "云川市甲办法"],
    ["《云川市甲办法（2024年修订）》（征求意见稿）", "云川市甲办法"],
    ["云川市甲办法-定稿.docx", "云川市甲办法"],
    ["关于公开征求《云川市甲办法（征求意见稿）》意见的公告", "云川市甲办法"],
    ["云川市甲方案（2024-2026年）", "云川市甲方案20242026年"],
    ["关于申报2025年度创新券的通知", "关于申报2025年度创新券的通知"],
  ])("%s → %s", (title, key) => expect(makeTitleKey(title)).toBe(key));
});
