import { toHalfWidthDigits } from "../outline/read-numeral.ts";
import { closeGaps } from "./close-gaps.ts";
import { findDates } from "./find-dates.ts";

/** What a single line says on its own: a date, a document number, an issuing body, addressees. */

const ORGAN_ENDINGS =
  "国务院|中央军委|人民政府|政府|办公厅|办公室|委员会|管委会|指挥部|领导小组|工作组|总局|管理局|[一-龥]局|[一-龥]厅|[一-龥]部|[一-龥]委|[一-龥]办|委|党组|人民法院|检察院|科学院|研究院|中心|管理处|[一-龥]处|[一-龥]署|总队|支队|协会|学会|联合会|总工会|商会|联盟|银行|总行|分行|集团|公司|大学|学院|街道|镇|乡|联席会议|秘书处|人大常委会|办事处|分局|海关|公署|基金会|公证处";
const ORGAN = new RegExp(`(?:${ORGAN_ENDINGS})(?:[（(][^（()）]{1,20}[)）])?$`);
/** Ends like a body but is a kind of text or a heading. */
const NO_ORGAN =
  /[，。；：！？、《》“”]|^(?:关于|附|第|各|有关|联系|咨询|责任|牵头|主管|受理|办理|申报|抄|由|向|报|经|在|本|对|请|及|和|或|全|一|二|三|市各|区各|组织|加强)|(?:全部|内部|外部|局部|干部|一部|服务中心建设|到处|好处|用处)$/;

/** `上海市科学技术委员会`; several bodies on a line are split first. */
export function isOrganName(text: string): boolean {
  const compact = text.replace(/[\s\u3000]/g, "");
  return compact.length >= 3 && compact.length <= 36 && ORGAN.test(compact) && !NO_ORGAN.test(compact);
}

/** 法规处, 信息公开科: an office inside a body; pages name it as what put the page up, it publishes nothing. */
export function isBareOffice(name: string): boolean {
  return (
    !/省|市|区|县|州|旗|镇|乡|国|中共|中央|大学|学院/.test(name) &&
    /(?:处|科|室|股|办|组|中心|网)$/.test(name)
  );
}

/** Issuing bodies when the whole line consists of them, else undefined. Blanks inside a single name (OCR, spacing) are closed. */
export function readOrganLine(text: string): string[] | undefined {
  const plain = text.replace(/[（(](?:章|印章|盖章|公章|代章)[)）]$/, "").trim();
  if (plain.length > 160) return undefined;
  const apart = plain.split(/[\s\u3000]+|、/).filter((piece) => piece !== "");
  if (apart.length > 0 && apart.every(isOrganName)) return apart;
  const listed = closeGaps(plain).split("、");
  return listed.every(isOrganName) ? listed : undefined;
}

/** A red letterhead: `上海市科学技术委员会文件`. */
export function readLetterhead(text: string): string[] | undefined {
  const match = /^(.{4,80})文[ \u3000]*件$/.exec(text);
  return match?.[1] === undefined ? undefined : readOrganLine(match[1].trim());
}

/** The date when the line is nothing but one, brackets and a time of day allowed. */
export function readDateLine(printed: string): string | undefined {
  if (printed.length > 40) return undefined;
  const text = closeGaps(printed);
  const [date, ...others] = findDates(text);
  if (!date || others.length > 0) return undefined;
  const around = text.slice(0, date.start) + text.slice(date.end);
  return /^[\s（()）]*(?:\d{1,2}:\d{2}(?::\d{2})?)?[\s（()）]*$/.test(around) ? date.day : undefined;
}

const NUMBER =
  /^[（(]?([一-龥A-Za-z]{1,16})\s{0,2}[〔[【（(﹝〈［]\s?((?:19|20)[0-9]{2})\s?年?[〕\]】）)﹞〉］]\s{0,2}(?:第\s?)?([0-9]{1,5})\s?号[）)]?$/;
const PLAIN_NUMBER = /^[（(]?((?:19|20)[0-9]{2}年)?第\s?([0-9]{1,5})\s?号[）)]?$/;

/** The document number when the line is nothing but one: `沪科规[2025] 2 号` → `沪科规〔2025〕2号`; `2024年第3号`. */
export function readDocumentNumberLine(text: string): string | undefined {
  if (text.length > 60) return undefined;
  const half = closeGaps(toHalfWidthDigits(text)).replace(/ /g, "");
  const match = NUMBER.exec(half);
  if (match) return `${match[1]}〔${match[2]}〕${match[3]}号`;
  const plain = PLAIN_NUMBER.exec(half);
  return plain ? `${plain[1] ?? ""}第${plain[2]}号` : undefined;
}

const NUMBER_BEFORE_TITLE =
  /^([一-龥]{2,12}[〔[【（(﹝]\s?(?:19|20)\d{2}\s?年?[〕\]】）)﹞]\s?(?:第\s?)?\d{1,5}\s?号)[ \u3000]*(?=关于|印发|转发|《|[一-龥]{2,20}关于)/;
const NUMBER_AFTER_TITLE =
  /[（(]([一-龥]{2,12}[〔[【﹝]\s?(?:19|20)\d{2}\s?年?[〕\]】﹞]\s?(?:第\s?)?\d{1,5}\s?号)[）)]$/;

/** A title with its number on the same line: `云科规〔2025〕9号 关于…的通知`, `关于…的通知（云科规〔2025〕9号）`. */
export function splitTitleNumber(line: string): { title: string; number: string | undefined } {
  const before = NUMBER_BEFORE_TITLE.exec(line);
  if (before) return { title: line.slice(before[0].length), number: readDocumentNumberLine(before[1] ?? "") };
  const after = NUMBER_AFTER_TITLE.exec(line);
  if (after) return { title: line.slice(0, after.index), number: readDocumentNumberLine(after[1] ?? "") };
  return { title: line, number: undefined };
}

/** A line wholly in brackets: stage notes, sources, dates. */
export function readBracketLine(text: string): string | undefined {
  return /^[（(【〔[]([^（()）【】]{1,120})[)）】〕\]]$/.exec(text)?.[1];
}

const ADDRESSEE_WORDS =
  /各|有关|单位|企业|部门|政府|委员会|委、|办、|局|公司|园区|街道|镇|机构|院校|高校|同志|你|社会公众|管委会|医院|协会|孵化器|申报人/;

/** `各区人民政府，市政府各委、办、局：` */
export function isAddresseeLine(printed: string): boolean {
  if (!/[：:]$/.test(printed)) return false;
  const text = closeGaps(printed);
  return (
    text.length <= 220 &&
    !/[。；？《》“]/.test(text) &&
    (ADDRESSEE_WORDS.test(text) || readOrganLine(text.slice(0, -1)) !== undefined) &&
    !/^(?:为|根据|按照|依据|经|现|近年|当前)|(?:制定|提出|通知|公告|规定|办理|明确)(?:如下)?.{0,8}[：:]$/.test(
      text,
    ) &&
    !/^(?:申请|填报|填表|承担|承诺|法人|法定)[一-龥]{0,6}(?:[（(][^（()）]*[)）])?[：:]$/.test(text) &&
    !/^(?:附|联系|咨询|申报|办理|受理|补贴|支持|责任|材料|条件|注|如下|问|答)|如下[：:]$|条件[：:]$|材料[：:]$|要求[：:]$|对象[：:]$/.test(
      text,
    )
  );
}
