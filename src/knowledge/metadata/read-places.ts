import type { PlaceTable } from "../places/place-table.ts";

const NO_PLACE =
  /高新区|开发区|园区|示范区|自贸区|试验区|保税区|集聚区|功能区|合作区|先导区|社区|片区|辖区|专区|地区|校区|景区|城区|全市|全区|本市|本区|各区|各县|该区|我市|我区|市区|县区$/;
const LEADING =
  /^(?:中共)?((?:[一-龥]{2,4}省|[一-龥]{2,8}自治区)?(?:[一-龥]{2,5}?(?:市|自治州|州))?(?:[一-龥]{1,6}?(?:新区|区|县|旗))?)/;

/** Sources from which the places of a document follow, the surest first. */
export interface PlaceSources {
  issuers: readonly string[];
  titles: readonly string[];
  addressees: string | null;
  body: readonly string[];
}

/**
 * Administrative places, the widest first. A place above is added when the text names it or when it is the municipality of
 * a district. Without a table only what issuers and titles spell out is found.
 */
export function readPlaces(sources: PlaceSources, table: PlaceTable | undefined): string[] {
  const names = [...sources.issuers, ...sources.titles].flatMap((text) => [
    ...leadingPlaces(text),
    ...(table?.find(text).map(({ place }) => place.name) ?? []),
  ]);
  const found = names.length > 0 || sources.issuers.length > 0 ? names : mostNamed(sources.body, table);
  return arrange(new Set(found), table, sources.body);
}

/** 吉林省通化市柳河县人民政府 → its three places. */
function leadingPlaces(text: string): string[] {
  if (/^(?:关于|印发)/.test(text)) return [];
  const whole = LEADING.exec(text)?.[1] ?? "";
  const pieces = whole.match(/[一-龥]{2,8}?(?:省|自治区|市|自治州|州|新区|区|县|旗)/g) ?? [];
  return pieces.filter((piece) => !NO_PLACE.test(piece) && piece.length >= 2);
}

const MIN_MENTIONS = 3;

/** The place that the text itself names most by its full name, when it clearly leads. */
function mostNamed(body: readonly string[], table: PlaceTable | undefined): string[] {
  if (!table) return [];
  const counts = new Map<string, number>();
  for (const paragraph of body.slice(0, 200)) {
    for (const { place } of table.find(paragraph.slice(0, 4000))) {
      counts.set(place.name, (counts.get(place.name) ?? 0) + 1);
    }
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  return first && first[1] >= MIN_MENTIONS && first[1] >= 2 * (second?.[1] ?? 0) ? [first[0]] : [];
}

function arrange(
  names: ReadonlySet<string>,
  table: PlaceTable | undefined,
  body: readonly string[],
): string[] {
  const all = new Set(names);
  for (const name of names) {
    const parent = table?.get(name)?.parent;
    if (parent === undefined) continue;
    const isMunicipality = table?.get(parent)?.parent === undefined && parent.endsWith("市");
    if (isMunicipality || body.some((paragraph) => paragraph.includes(parent))) all.add(parent);
  }
  const province = onlyProvince(all, table, body);
  if (province !== undefined) all.add(province);
  return [...all].sort((a, b) => levelOf(a, table) - levelOf(b, table));
}

/** A county that the table does not know belongs to the one province that its text names. */
function onlyProvince(
  names: ReadonlySet<string>,
  table: PlaceTable | undefined,
  body: readonly string[],
): string | undefined {
  if (!table || names.size === 0 || [...names].some((name) => table.get(name))) return undefined;
  const provinces = new Set(
    body.flatMap((paragraph) =>
      table
        .find(paragraph)
        .filter(({ place, start, end }) => place.level === 0 && end - start === place.name.length)
        .map(({ place }) => place.name),
    ),
  );
  return provinces.size === 1 ? [...provinces][0] : undefined;
}

function levelOf(name: string, table: PlaceTable | undefined): number {
  const known = table?.get(name)?.level;
  if (known !== undefined) return known;
  return /(?:省|自治区)$/.test(name) ? 0 : /(?:市|州)$/.test(name) ? 1 : 2;
}
