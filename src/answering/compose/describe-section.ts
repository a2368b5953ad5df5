/** Section notation for people: 三（六）¶2 → 三（六）第2段; front matter stays itself. */
export function describeSection(section: string): string {
  return section.replace(/¶(\d+)/g, "第$1段");
}
