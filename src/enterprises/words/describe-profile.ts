import { toShanghaiDay } from "../../shared/index.ts";
import { dayBefore } from "../profile/add-months.ts";
import type { Fact, FieldId, Profile, ProfileLexicon } from "../types.ts";
import { writeDay } from "./describe-day.ts";
import { describeFact } from "./describe-fact.ts";

export interface ProfileRow {
  field: FieldId;
  label: string;
  value: string;
  /** Who said it, when, by what, until when it counts. */
  note: string;
  /** Only ever for the enterprise's own people: not for a group. */
  sensitive: boolean;
  /** `current`: counts. `stale`: to be asked again. `conflicting`: said by another source, does not count. */
  state: "current" | "stale" | "conflicting";
}

export interface DescribeProfileOptions {
  /** Whose reading it is: what they said themselves is “您”. */
  viewer?: string;
  language?: "zh" | "en";
}

/** The name that stands where an account has had its data deleted. */
export const DELETED_ACCOUNT = "deleted";

/** Everything known, in the lexicon's order; what is out of date or in conflict is there and says so. */
export function describeProfile(
  profile: Profile,
  lexicon: ProfileLexicon,
  options: DescribeProfileOptions = {},
): ProfileRow[] {
  const rows: ProfileRow[] = [];
  for (const id of lexicon.fields.keys()) {
    const counted = profile.facts.get(id);
    if (counted) rows.push(toRow(counted, "current", lexicon, options));
    for (const { field, other } of profile.conflicts) {
      if (field === id) rows.push(toRow(other, "conflicting", lexicon, options));
    }
    for (const fact of profile.stale) {
      if (fact.field === id) rows.push(toRow(fact, "stale", lexicon, options));
    }
  }
  return rows;
}

function toRow(
  fact: Fact,
  state: ProfileRow["state"],
  lexicon: ProfileLexicon,
  { viewer, language = "zh" }: DescribeProfileOptions,
): ProfileRow {
  const field = lexicon.fields.get(fact.field);
  const label = (language === "en" ? field?.labelEn : field?.label) ?? fact.field;
  return {
    field: fact.field,
    label,
    value: describeFact(fact, field, language, lexicon),
    note: language === "en" ? noteEnglish(fact, state, viewer) : noteChinese(fact, state, viewer),
    sensitive: field?.sensitive ?? true,
    state,
  };
}

const SOURCES: Readonly<Record<Fact["source"]["kind"], readonly [string, string]>> = {
  chat: ["对话中说明", "in chat"],
  form: ["表单填写", "by form"],
  card: ["卡片确认", "by card"],
  file: ["文件导入", "by file"],
  api: ["接口写入", "by interface"],
  clause: ["文件摘录", "from a document"],
};

/** `您于2026年11月23日对话中说明，已确认，2028年5月22日前有效`. */
function noteChinese(
  { source, at, confirmed, validTo }: Fact,
  state: ProfileRow["state"],
  viewer?: string,
): string {
  const day = writeDay(toShanghaiDay(new Date(at)));
  const who = nameAccount(source.by, viewer, ["您", "已删除数据的账号", "账号 "]);
  const parts = [`${who}于${day}${SOURCES[source.kind][0]}`, confirmed ? "已确认" : "未确认"];
  if (state === "stale") parts.push("已过期，需重新确认");
  else if (state === "conflicting") parts.push("与现用说法不一致，未采用");
  else if (validTo !== null) parts.push(`有效至${writeDay(dayBefore(validTo))}`);
  return parts.join("，");
}

function noteEnglish(
  { source, at, confirmed, validTo }: Fact,
  state: ProfileRow["state"],
  viewer?: string,
): string {
  const who = nameAccount(source.by, viewer, ["you", "an account whose data were deleted", "account "]);
  const parts = [
    `${who}, ${toShanghaiDay(new Date(at))}, ${SOURCES[source.kind][1]}`,
    confirmed ? "confirmed" : "not confirmed",
  ];
  if (state === "stale") parts.push("out of date, please confirm again");
  else if (state === "conflicting") parts.push("differs from what counts, not used");
  else if (validTo !== null) parts.push(`valid until ${dayBefore(validTo)}`);
  return parts.join(", ");
}

function nameAccount(
  account: string,
  viewer: string | undefined,
  [you, deleted, other]: readonly [string, string, string],
): string {
  if (account === DELETED_ACCOUNT) return deleted;
  return account === viewer ? you : `${other}${account}`;
}
