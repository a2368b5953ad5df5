/** What was removed; the order is that of `KIND_LABELS`. */
export type PersonalDataKind =
  | "phone"
  | "email"
  | "id-number"
  | "credit-code"
  | "bank-card"
  | "plate"
  | "chat-id"
  | "address"
  | "name"
  | "enterprise"
  | "link"
  | "secret"
  | "birth-date"
  | "number";

/** For people. */
export const KIND_LABELS: Readonly<Record<PersonalDataKind, string>> = {
  phone: "电话号码",
  email: "电子邮箱",
  "id-number": "证件号码",
  "credit-code": "统一社会信用代码",
  "bank-card": "银行账号",
  plate: "车牌号",
  "chat-id": "社交账号",
  address: "详细地址",
  name: "姓名",
  enterprise: "企业名称",
  link: "带有凭证的链接",
  secret: "密码或验证码",
  "birth-date": "出生日期",
  number: "其他编号",
};

/** A place of the text and what stands there afterwards. UTF-16 offsets, half-open. */
export interface PersonalSpan {
  kind: PersonalDataKind;
  start: number;
  end: number;
  put: string;
}

/** What is known of the one who wrote, beyond what can be recognised. */
export interface KnownPersonalData {
  names?: readonly string[];
  enterprises?: readonly string[];
  /** Never removed: names of departments, places, documents. */
  keep?: readonly string[];
}

export interface RedactedText {
  text: string;
  removed: { kind: PersonalDataKind; count: number }[];
}
