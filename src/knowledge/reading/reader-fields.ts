import type { ReadDocument } from "../../readers/index.ts";
import { findDates } from "./find-dates.ts";
import { isBareOffice, readDocumentNumberLine, readOrganLine } from "./line-roles.ts";
import type { Field, PageFields } from "./page-particulars.ts";
import { stripSiteName } from "./strip-site-name.ts";
import { endsLikeTitle, PAGE_FIELDS } from "./web-page-words.ts";

const DAYS: ReadonlySet<Field> = new Set(["publishedOn", "signedOn", "effectiveFrom", "expiresOn"]);

/** What stands beside the text (meta elements, a page's table) as the particulars of a web page; what does not fit is left. */
export function toPageFields({ format, fields }: ReadDocument): PageFields {
  const found: PageFields = {};
  // Word processors fill in a title of their own: the first line of a template, the name of another file.
  if (format === "html" && fields.title !== undefined) add(found, "name", stripSiteName(fields.title));
  add(found, "documentNumber", fields.documentNumber);
  add(found, "publishedOn", fields.publishedOn);
  for (const [name, value] of Object.entries(fields.other ?? {})) {
    const field = PAGE_FIELDS[name.replace(/[\s：:]/g, "")] as Field | undefined;
    if (field) add(found, field, value);
  }
  // Where a page comes from is its publisher only when the page names none.
  add(found, "issuer", fields.source);
  return found;
}

function add(found: PageFields, field: Field, printed: string | undefined): void {
  const value = printed?.trim() ?? "";
  if (found[field] !== undefined || !fits(field, value)) return;
  found[field] = value;
}

function fits(field: Field, value: string): boolean {
  if (value === "") return false;
  if (DAYS.has(field)) return findDates(value).length > 0;
  if (field === "documentNumber") return readDocumentNumberLine(value) !== undefined;
  if (field === "issuer") return readOrganLine(value)?.some((name) => !isBareOffice(name)) ?? false;
  return field === "validity" ? value.length <= 12 : value.length >= 5 && endsLikeTitle(value);
}
