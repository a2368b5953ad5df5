import type { Archive } from "../zip/open-archive.ts";
import { childrenNamed } from "./query-xml.ts";
import { readXmlTree, type XmlElement } from "./read-xml.ts";

export interface Relation {
  id: string;
  /** The last word of the type: `styles`, `header`, `hyperlink`. */
  type: string;
  /** A part's name, or an address when external; those are never opened. */
  target: string;
  external: boolean;
}

/** The relations of a part, or of the package when `part` is empty. */
export async function readRelations(archive: Archive, part: string): Promise<Relation[]> {
  const slash = part.lastIndexOf("/") + 1;
  const folder = part.slice(0, slash);
  const root = await readTree(archive, `${folder}_rels/${part.slice(slash)}.rels`);
  return childrenNamed(root, "rel:Relationship").map(({ attributes }) => {
    const external = attributes.get("TargetMode") === "External";
    const target = attributes.get("Target") ?? "";
    return {
      id: attributes.get("Id") ?? "",
      type: (attributes.get("Type") ?? "").split("/").at(-1) ?? "",
      target: external ? target : resolvePart(folder, target),
      external,
    };
  });
}

/** Undefined when the part is missing. */
export async function readTree(archive: Archive, part: string): Promise<XmlElement | undefined> {
  const chunks = await archive.open(part);
  return chunks ? await readXmlTree(chunks, part) : undefined;
}

function resolvePart(folder: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const parts = folder.split("/").filter((piece) => piece !== "");
  for (const piece of target.split("/")) {
    if (piece === "..") parts.pop();
    else if (piece !== "." && piece !== "") parts.push(piece);
  }
  return parts.join("/");
}
