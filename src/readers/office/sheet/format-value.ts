/** Number formats of spreadsheets, as far as lists use them: digits, thousands, percent, scaling, literals, sections, dates. */

/** Built-in formats by id; 27–36 and 50–58 are dates in Chinese editions. */
const BUILT_IN: Readonly<Record<number, string>> = {
  0: "General",
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  12: "General",
  13: "General",
  18: "h:mm",
  19: "h:mm:ss",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy-m-d h:mm",
  37: "#,##0",
  38: "#,##0",
  39: "#,##0.00",
  40: "#,##0.00",
  45: "mm:ss",
  46: "h:mm:ss",
  47: "mm:ss",
  48: "0.00E+00",
  49: "@",
  55: "yyyy-m",
};

export function findFormat(id: number, custom: ReadonlyMap<number, string>): string {
  const own = custom.get(id) ?? BUILT_IN[id];
  if (own !== undefined) return own;
  const isDate = (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return isDate ? "yyyy-m-d" : "General";
}

/** A number as the sheet shows it; dates as YYYY-MM-DD whatever their format. */
export function formatValue(value: number, format: string, from1904: boolean): string {
  const section = chooseSection(format, value);
  const bare = section.code.replace(/"[^"]*"|\\.|!.|\[[^\]]*\]|[_*]./g, "");
  if (/[yd]|(?:^|[^a-z])m+(?:[^a-z]|$)|h|s/i.test(bare) && !/general/i.test(bare)) {
    return formatDate(value, bare, from1904);
  }
  if (/general/i.test(bare) || !/[0#?]/.test(bare)) return toPlainNumber(value);
  return printNumber(section.absolute ? Math.abs(value) : value, section.code);
}

/** Positive; negative; zero. A section for negatives prints its own sign. */
function chooseSection(format: string, value: number): { code: string; absolute: boolean } {
  const sections = splitSections(format);
  const [positive = "General", negative, zero] = sections;
  if (/\[[<>=]/.test(format)) return { code: positive, absolute: false };
  if (value < 0 && negative !== undefined && negative !== "") return { code: negative, absolute: true };
  if (value === 0 && zero !== undefined && zero !== "") return { code: zero, absolute: true };
  return { code: positive, absolute: false };
}

function splitSections(format: string): string[] {
  const sections: string[] = [];
  let open = "";
  for (const [token] of format.matchAll(/"[^"]*"|\\.|!.|\[[^\]]*\]|./gs)) {
    if (token === ";") {
      sections.push(open);
      open = "";
    } else open += token;
  }
  return [...sections, open];
}

export function toPlainNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}

const TOKEN = /"([^"]*)"|\\(.)|!(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|([0#?.,]+(?:E[+-][0#]+)?)|(.)/gs;

/** Literals around the digits; commas after the digits divide by 1,000, `%` multiplies by 100; `0!.0,` writes 万: the point is
 * a literal among digits, so that the last of them become decimals. */
function printNumber(value: number, code: string): string {
  const shifted = /^(.*?)[0#]!\.(0{1,6})(,*)(.*)$/s.exec(code);
  if (shifted) {
    const [, before = "", decimals = "", commas = "", after = ""] = shifted;
    const shown = value / 10 ** decimals.length / 1000 ** commas.length;
    return `${literals(before)}${shown.toFixed(decimals.length)}${literals(after)}`.trim();
  }
  const percents = code.replace(/"[^"]*"/g, "").split("%").length - 1;
  let printed = "";
  let done = false;
  for (const match of code.matchAll(TOKEN)) {
    const [, quoted, escaped, forced, currency, digits, other] = match;
    if (digits === undefined || !/[0#?]/.test(digits)) {
      printed += quoted ?? escaped ?? forced ?? currency ?? (digits === undefined ? other : digits) ?? "";
    } else if (!done) {
      done = true;
      printed += printDigits(value * 100 ** percents, digits);
    }
  }
  return printed.trim();
}

function literals(code: string): string {
  return [...code.matchAll(TOKEN)]
    .map(([, quoted, escaped, forced, currency]) => quoted ?? escaped ?? forced ?? currency ?? "")
    .join("");
}

function printDigits(value: number, pattern: string): string {
  if (/E/.test(pattern)) return toPlainNumber(value);
  const scale = /,*$/.exec(pattern)?.[0].length ?? 0;
  const core = pattern.slice(0, pattern.length - scale);
  const [whole = "", decimals = ""] = core.split(".");
  const scaled = value / 1000 ** scale;
  const required = decimals.replace(/[^0]/g, "").length;
  let text = Math.abs(Number(scaled.toPrecision(15))).toFixed(Math.min(15, decimals.length));
  if (decimals.length > required && text.includes(".")) {
    const optional = decimals.length - required;
    text = text.replace(new RegExp(`0{1,${optional}}$`), "").replace(/\.$/, "");
  }
  const [integer = "", fraction] = text.split(".");
  const padded = integer.padStart(whole.replace(/[^0]/g, "").length, "0");
  const grouped = whole.includes(",") ? padded.replace(/\B(?=(?:\d{3})+$)/g, ",") : padded;
  const sign = scaled < 0 && Number(text) !== 0 ? "-" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

const DAY_MS = 86_400_000;

function formatDate(serial: number, code: string, from1904: boolean): string {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return toPlainNumber(serial);
  const hasDate = /y|d/i.test(code) || (/m/i.test(code) && !/[hs]/i.test(code));
  // Day 60 of the 1900 system is a 29 February that never was.
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  const moment = new Date(Math.round((days - 25_569) * 86_400) * 1000);
  const iso = Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
  if (iso === "") return toPlainNumber(serial);
  const time = iso.slice(11, /s/i.test(code) ? 19 : 16);
  if (!hasDate) return time;
  const day = /d/i.test(code) ? iso.slice(0, 10) : /y/i.test(code) ? iso.slice(0, 7) : iso.slice(0, 10);
  const hasTime = /h/i.test(code) && moment.getTime() % DAY_MS !== 0;
  return hasTime ? `${day} ${time}` : day;
}
