/** Namespaces of both editions (transitional and strict) under the prefixes that the standard's examples use. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"],
  ["http://purl.oclc.org/ooxml/wordprocessingml/main", "w"],
  ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "s"],
  ["http://purl.oclc.org/ooxml/spreadsheetml/main", "s"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"],
  ["http://purl.oclc.org/ooxml/officeDocument/relationships", "r"],
  ["http://schemas.openxmlformats.org/package/2006/relationships", "rel"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/extended-properties", "ep"],
  ["http://purl.oclc.org/ooxml/officeDocument/extendedProperties", "ep"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/math", "m"],
  ["http://purl.oclc.org/ooxml/officeDocument/math", "m"],
  ["http://schemas.openxmlformats.org/drawingml/2006/main", "a"],
  ["http://purl.oclc.org/ooxml/drawingml/main", "a"],
  ["http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"],
  ["urn:schemas-microsoft-com:vml", "v"],
]);

const known = new Map<string, Map<string, string>>();
const MAX_KNOWN = 2_000;

/** `w:p` for a known namespace, `x:p` for any other. */
export function canonicalName(uri: string, local: string): string {
  let names = known.get(uri);
  if (!names) {
    names = new Map();
    if (known.size < MAX_KNOWN) known.set(uri, names);
  }
  let name = names.get(local);
  if (name === undefined) {
    name = `${PREFIXES.get(uri) ?? "x"}:${local}`;
    if (names.size < MAX_KNOWN) names.set(local, name);
  }
  return name;
}
