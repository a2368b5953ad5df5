const UNIT = /^(?:单位[:：]?\s*)?((?:亿|万|千|百)?(?:元|人民币|美元|人|名|平方米|㎡|项|件|%))$/;

/** `* 上年营收（万元）` → head 上年营收, unit 万元. Other words in brackets are hints and are dropped. */
export function readHead(text: string): { head: string; unit: string } {
  const plain = text.normalize("NFKC").replace(/[*★\s]+/g, "");
  const [, before = plain, inside = ""] = /^(.+?)[([【/]([^)\]】]*)[)\]】]?$/.exec(plain) ?? [];
  return { head: before, unit: UNIT.exec(inside)?.[1] ?? "" };
}

/** 0 → A, 26 → AA: as spreadsheets name them. */
export function nameColumn(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : nameColumn(Math.floor(index / 26) - 1) + letter;
}
