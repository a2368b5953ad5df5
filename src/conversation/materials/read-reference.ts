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
