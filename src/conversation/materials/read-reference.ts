/** Points at something that was sent: 这份文件, 图里, 上面写的, 根据材料. */
const POINTS =
  /(?:这|那|该|此|上|刚才|刚刚|刚发|前面)(?:个|份|张|篇|里|上|面|边|幅|条|些)?(?:的)?(?:文件|图|图片|照片|截图|材料|附件|资料|内容|通知|政策|证|执照|表)|(?:图|图片|照片|截图|文件|附件|材料|资料|执照)(?:里|中|上|内)|(?:根据|按照?|依据|结合|参照|用)(?:这|该|上述|我发的|刚发的)?(?:份|个|张)?(?:文件|材料|资料|附件|图片|图|执照)|我(?:刚)?发(?:的|给你的)|(?:this|the|that|attached) (?:file|picture|image|photo|document|attachment|screenshot)/iu;

/** Nothing but a wish to be matched: what is matched is what was sent. */
const WISH =
  /^(?:请|麻烦)?(?:你|您)?(?:帮|给|替)?(?:我们?|咱们?|忙)?(?:看看?|匹配|对照|比对|测一?测|分析|查一?下?)?(?:一下|下)?[,，]?(?:我们?|咱们?)?(?:公司|企业)?(?:能|可以|有|适合|符合)?(?:够)?(?:申请|申报|享受|匹配|对接|拿)?(?:到)?(?:些)?(?:什么|哪些|啥)?(?:政策|项目|基金|支持|扶持|条件)?(?:吗|呢|么)?[?？。!！]*$/u;

/** “这个能申请吗” points at what lies before one; “那人才呢” goes on with the dialogue. */
const BARE = /^这(?:个|份|张|篇|是|里|上面|写的|说的)/u;

export function pointsAtMaterial(text: string): boolean {
  return POINTS.test(text) || BARE.test(text);
}

export function isBareWish(text: string): boolean {
  return WISH.test(text);
}

/** How an authority writes: what it asks for is nothing that the sender has. */
const AUTHORITY = [
  /关于[^。；\n]{2,60}的(?:通知|公告|公示|通告|意见|办法|细则|方案|指南)/u,
  /各(?:有关|相关)?(?:单位|企业|部门|街镇|园区|子园)[：:]|各区[^。\n]{0,20}[：:]/u,
  /(?:申报|申请|认定|支持|资助|奖励|补贴)(?:的)?(?:条件|对象|范围|标准|方式|时间|材料|要求|程序|流程)/u,
  /第[一二三四五六七八九十百]{1,4}条/u,
  /本(?:通知|办法|细则|意见|公告|指南|方案)/u,
  /自(?:发布|印发|公布|\d{4}年\d{1,2}月\d{1,2}日)(?:之日)?起(?:施行|实施|执行)|有效期(?:至|为|\d)|逾期不予/u,
  /[〔[［]20\d\d[〕\]］]\s*\d+\s*号/u,
];
/** How somebody writes of themselves. */
const OF_ITSELF =
  /(?:公司|企业|本公司|我司|我们)(?:简介|介绍|概况|成立于|创立于|创办于|位于|注册于|主营|主要从事|专注于)|主营业务|统一社会信用代码|营业执照|法定代表人/u;
const SIGNS_OF_AUTHORITY = 2;

/** A notice or a policy, and no description of a company: its conditions are not the sender's figures. */
export function isNotice(material: string): boolean {
  if (OF_ITSELF.test(material)) return false;
  return AUTHORITY.filter((sign) => sign.test(material)).length >= SIGNS_OF_AUTHORITY;
}
