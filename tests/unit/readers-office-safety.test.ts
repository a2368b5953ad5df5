import { expect, test } from "vitest";
import { DEFAULT_READ_LIMITS, type FormatReader, type ReadLimits } from "../../src/readers/index.ts";
import { readDoc, readDocx, readXlsx } from "../../src/readers/office/index.ts";
import { AppError } from "../../src/shared/index.ts";
import { packZip } from "../support/pack-zip.ts";
import { writeCompound } from "../support/write-compound.ts";
import { p, WORD_NAMESPACES, writeDocx } from "../support/write-docx.ts";

async function refusal(
  bytes: Uint8Array,
  reader: FormatReader = readDocx,
  limits: Partial<ReadLimits> = {},
): Promise<string> {
  try {
    await reader(bytes, { fileName: "a.docx", limits: { ...DEFAULT_READ_LIMITS, ...limits } });
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "unusable-input") return thrown.safeMessage;
    throw thrown;
  }
  return "read";
}

const documentXml = (body: string, before = ""): string =>
  `<?xml version="1.0"?>${before}<w:document ${WORD_NAMESPACES}><w:body>${body}</w:body></w:document>`;

test("an archive that unpacks beyond the limit is stopped, declared or not", async () => {
  const big = p("字".repeat(2_000_000));
  const honest = writeDocx({
    body: p("文"),
    more: [{ name: "word/media/a.bmp", content: "a".repeat(3_000_000) }],
  });
  const limits = { maxUnpackedBytes: 2 * 1024 * 1024 };
  expect(await refusal(honest, readDocx, limits)).toContain("超过 2 MB 上限");
  const lying = packZip([{ name: "word/document.xml", content: documentXml(big), declaredSize: 1_000 }]);
  expect(await refusal(lying, readDocx, limits)).not.toBe("read");
  expect(await refusal(honest)).toBe("read");
});

test("all parts together count, not each for itself", async () => {
  const styles = `<w:style w:type="paragraph" w:styleId="a"><w:name w:val="${"a".repeat(700_000)}"/></w:style>`;
  const bytes = writeDocx({ body: p("字".repeat(300_000)), styles });
  expect(await refusal(bytes, readDocx, { maxUnpackedBytes: 1_500_000 })).toContain("上限");
  expect(await refusal(bytes, readDocx, { maxUnpackedBytes: 3_000_000 })).toBe("read");
});

test("a part that is named many times counts each time", async () => {
  const relations = Array.from(
    { length: 20 },
    (_, index) => `<Relationship Id="h${index}" Type="http://x/header" Target="header.xml"/>`,
  ).join("");
  const bytes = writeDocx({ body: p("文"), header: p("头".repeat(300_000)), relations });
  expect(await refusal(bytes, readDocx, { maxUnpackedBytes: 5_000_000 })).toContain("上限");
  expect(await refusal(bytes, readDocx, { maxUnpackedBytes: 50_000_000 })).toBe("read");
});

test("a bomb's ratio and too many parts are refused", async () => {
  const bomb = writeDocx({
    body: p("文"),
    more: [{ name: "word/bomb.xml", content: new Uint8Array(40_000_000) }],
  });
  expect(await refusal(bomb)).toContain("压缩炸弹");
  const many = Array.from({ length: 10_001 }, (_, index) => ({
    name: `x/${index}`,
    content: "",
    deflate: false,
  }));
  expect(await refusal(packZip(many))).toContain("10001 个部件");
});

test.each([
  ["../../etc/passwd", "路径"],
  ["/etc/passwd", "路径"],
  ["C:/windows/system.ini", "路径"],
  ["word/document.xml", "重复"],
  ["WORD/Document.xml", "重复"],
])("a part named %s is refused", async (name, word) => {
  expect(await refusal(writeDocx({ body: p("文"), more: [{ name, content: "x" }] }))).toContain(word);
});

test("encrypted and broken archives, other files under the name", async () => {
  const locked = packZip([{ name: "word/document.xml", content: "x", flags: 1 }]);
  expect(await refusal(locked)).toContain("密码");
  const whole = writeDocx({ body: p("文".repeat(5_000)) });
  expect(await refusal(whole.subarray(0, whole.length - 30))).toContain("损坏");
  const damaged = whole.slice();
  damaged.fill(0xff, 400, 700);
  expect(await refusal(damaged)).not.toBe("read");
  expect(await refusal(new Uint8Array())).toContain("空");
  expect(await refusal(new TextEncoder().encode("MZ\u0090 This program"))).toContain("程序");
  expect(await refusal(new TextEncoder().encode("{\\rtf1 text}"))).toContain("RTF");
  expect(await refusal(new TextEncoder().encode("{\\rtf1 text}"), readDoc)).toContain("RTF");
  expect(await refusal(new TextEncoder().encode("只是文字"))).toContain("docx");
  expect(await refusal(packZip([{ name: "a.txt", content: "x" }]))).toContain("word/document.xml");
  expect(await refusal(packZip([{ name: "a.txt", content: "x" }]), readXlsx)).toContain("xl/workbook.xml");
  expect(await refusal(whole, readXlsx)).toContain("这是 Word 文档");
});

test("the size of the file itself is limited", async () => {
  expect(await refusal(writeDocx({ body: p("文") }), readDocx, { maxBytes: 100 })).toContain("上限");
});

test("more pages than allowed are refused, known or estimated", async () => {
  const long = writeDocx({ body: p("文".repeat(4_000)) });
  expect(await refusal(long, readDocx, { maxPages: 2 })).toContain("约 3 页，超过 2 页上限");
  const breaks = writeDocx({ body: p("<w:r><w:lastRenderedPageBreak/><w:t>文</w:t></w:r>").repeat(3) });
  expect(await refusal(breaks, readDocx, { maxPages: 3 })).toContain("约 4 页");
  expect(await refusal(breaks, readDocx, { maxPages: 4 })).toBe("read");
});

test("compound files say what they are: locked, old Excel, old Word", async () => {
  expect(
    await refusal(writeCompound({ EncryptedPackage: new Uint8Array(8), EncryptionInfo: new Uint8Array(8) })),
  ).toContain("密码");
  expect(await refusal(writeCompound({ Workbook: new Uint8Array(8) }), readXlsx)).toContain(".xlsx");
  expect(await refusal(writeCompound({ Workbook: new Uint8Array(8) }), readDoc)).toContain(".xlsx");
  expect(await refusal(writeCompound({ WordDocument: new Uint8Array(8) }))).toContain("旧版 Word");
});

test("entities and external references in XML are refused, not resolved", async () => {
  const read = (xml: string): Promise<string> =>
    refusal(packZip([{ name: "word/document.xml", content: xml }]));
  const outside = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
  const laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>';
  expect(await read(documentXml(p("&e;"), outside))).toContain("外部实体");
  expect(await read(documentXml(p("&b;"), laughs))).toContain("外部实体");
  expect(await read(documentXml(p("&unknown;")))).toContain("损坏");
  expect(await read(documentXml(`${p("一")}<w:p>`))).toContain("损坏");
  expect(await read(documentXml(`${"<w:sdt>".repeat(5_000)}${"</w:sdt>".repeat(5_000)}`))).toContain("损坏");
  expect(await read(documentXml(p("一")))).toBe("read");
});

test("strict namespaces, other prefixes, UTF-16 parts, controls, parts found by relation", async () => {
  const strict = `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>严格&#x1F;格式\u0007</x:t></x:r></x:p></x:body></x:document>`;
  const utf16 = Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${strict}`, "utf16le");
  const relations =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/doc/main.xml"/></Relationships>';
  for (const content of [strict, utf16]) {
    const bytes = packZip([
      { name: "_rels/.rels", content: relations },
      { name: "doc/main.xml", content },
    ]);
    const { blocks } = await readDocx(bytes, { fileName: "a.docx", limits: DEFAULT_READ_LIMITS });
    expect(blocks.map(({ text }) => text)).toEqual(["严格格式"]);
  }
});

test("a document of pictures, or of nothing, says so", async () => {
  const picture = p('<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>');
  expect(await refusal(writeDocx({ body: picture }))).toContain("只有图片");
  expect(await refusal(writeDocx({ body: p("") }))).toContain("没有文字");
});
