import type { FieldId, ReadFact } from "../types.ts";
import { factAt, type ReadingScene } from "./reading-scene.ts";

/** What says yes and what says no to a flag, in free text. `no` comes first: 没进后备库 holds 进后备库. */
const FLAGS: readonly { field: FieldId; no: RegExp; yes: RegExp }[] = [
  {
    field: "listing-reserve",
    no: /(?:没有?|还没|未|尚未|不在)(?:进|入|列入|纳入|在)?[^，。]{0,6}(?:上市)?后备(?:培育)?(?:库|企业|名单)/u,
    yes: /(?:已经?|去年|今年|刚)?(?:进了?|入了?|列入了?|纳入了?|在|是)[^，。不没]{0,6}(?:上市)?后备(?:培育)?(?:库|企业|名单)/u,
  },
  {
    field: "relocation-intent",
    no: /(?:不|没有?|暂不|不会|无)(?:打算|想|考虑|准备|愿意|计划|意向)?(?:搬|迁|落户|落地|迁入|过来)/u,
    yes: /(?:愿意|可以|想|打算|计划|准备|考虑|有意向?|希望|拟|要)(?:整体|把[^，。]{1,10})?(?:搬(?:过?来|到|迁|进)|迁(?:过?来|到|入|至)|落户(?!口)|落地(?!签)|入驻奉贤|注册到奉贤|来奉贤|到奉贤)/u,
  },
  {
    field: "zhangjiang-origin",
    no: /(?:不是|并非|没有?|与|和)(?:从|由|承接)?[^，。]{0,4}张江[^，。]{0,4}(?:无关|没关系|成果|外迁|转化|迁|搬)/u,
    yes: /(?:承接|转化|来自|源自|孵化自)[^，。]{0,4}张江[^，。]{0,8}(?:成果|研发|技术|项目|企业)|张江[^，。]{0,6}(?:研发成果|外迁|搬(?:过)?来|迁(?:过)?来|的研发)/u,
  },
  {
    field: "research-business",
    no: /(?:没有?|不做|无)(?:自己的?|任何)?(?:研发(?:和|、)?(?:生产)?|技术研发)(?!人|费|投|补|需求)/u,
    yes: /有自己的?研发(?!人|费|投|需求)|(?:有|自建了?|自己(?:有|做)|建了)(?:自己的?|独立的?|一个)?(?:研发(?:中心|团队|部门|实验室|能力|力量|基地|(?:和|与|、|加|及)?(?:生产|制造|技术))|(?:生产|工厂|产线)(?:和|与|、)研发|实验室|中央厨房|工厂(?:和|、)研发)/u,
  },
];

export function readFlags(scene: ReadingScene): ReadFact[] {
  return FLAGS.flatMap(({ field, no, yes }) => {
    const denied = no.exec(scene.text);
    const match = denied ?? yes.exec(scene.text);
    if (!match) return [];
    const span = { start: match.index, end: match.index + match[0].length };
    return [factAt(field, { kind: "flag", value: denied === null }, span, scene)];
  });
}
