/** Section notation for people: 三（六）¶2 → 三（六）第2段, 二（一）2、 → 二（一）第2点; front matter stays itself. */
export function describeSection(section: string): string {
  return section.replace(/¶(\d+)/g, "第$1段").replace(/(\d+)[、.．]$/, "第$1点");
}
