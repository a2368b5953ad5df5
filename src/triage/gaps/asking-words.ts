/**
 * How people ask, folded away so that what they ask about is left. Broad everyday wording, not a list of questions.
 * Patterns are of folded text (simplified, half-width, lower case).
 */

/** What of a matter is asked for. Two questions on one matter with different aspects are two gaps. */
export type Aspect =
  | "amount"
  | "time"
  | "duration"
  | "place"
  | "way"
  | "contact"
  | "condition"
  | "papers"
  | "count"
  | "reason"
  | "progress"
  | "benefit"
  | "result";

/** Asked for in one breath: 有没有奖励 and 奖励多少, 怎么办 and 去哪办. */
export const NEAR_ASPECTS: readonly (readonly [Aspect, Aspect])[] = [
  ["amount", "benefit"],
  ["time", "duration"],
  ["way", "place"],
  ["way", "contact"],
  ["place", "contact"],
  ["way", "progress"],
];

/** These stay in the question: they are part of the matter as well. */
export const STAYING_ASPECTS: readonly (readonly [Aspect, RegExp])[] = [
  [
    "benefit",
    /补贴|补助|资助|津贴|扶持|补偿|奖励|奖金|奖补|报销|支持|优惠|贴息|subsid(?:y|ies)|奖(?!项|学)|补(?=多少|几|吗)/gu,
  ],
];

export const ASPECTS: readonly (readonly [Aspect, RegExp])[] = [
  [
    "duration",
    /多久|多长时间|办理时间|办理时限|(?:几|多少)(?:个)?(?:工作日|天|周|星期|个月|年|小时)|期限|有效期|年限|周期|时长|\b(?:how long)\b/gu,
  ],
  [
    "time",
    /什么时候|啥时候?|何时|哪(?:一)?天|几号(?!线|楼)|几月份?|几点|什么时间|申报时间|时间(?:节点|安排|表)?|截止(?:日期|时间)?|日期|\b(?:when|deadline)\b/gu,
  ],
  ["count", /(?:多少|几)(?:家|个(?!月)|人|名|项|种|类|所|套|间|条|批|次)(?!点)|数量|名额|\b(?:how many)\b/gu],
  [
    "amount",
    /多少钱|几块钱|什么价|价格|价钱|单价|(?:百分之)?(?:多少|几)个?(?:百分)?点|百分之(?:多少|几)|多少(?:万|元|块)|几(?:万|块|折)|金额|额度|比例|收费标准|(?:补贴|奖励|资助|赔偿|补助|补偿|支持)?标准|多贵|贵不贵|最(?:高|多|低|少)|怎么收费?|怎么(?:赔|算|计算|计费|收取)|收费|多少|规模|多大|\b(?:how much|amount|price|fee)\b/gu,
  ],
  [
    "contact",
    /找谁|谁(?:来|能|可以)?(?:负责|管|做|对接|受理)?|哪(?:个|家|些)?(?:部门|单位|科室|机构|窗口|委办局)|联系(?:人|方式|电话)|咨询电话|电话(?:号码)?|联系谁|联系|能找|\b(?:who|contact|phone)\b/gu,
  ],
  ["place", /在哪里?|哪里|哪儿|去哪|什么地方|地址|位置|位于|入口|\b(?:where|address)\b/gu],
  [
    "condition",
    /(?:什么|哪些|啥)(?:样的)?(?:企业|公司|人)?(?:条件|要求|资格|门槛)|条件|资格|门槛|要求|限制|符合什么|需要满足|标准是什么|\b(?:requirements?|eligib\w*)\b/gu,
  ],
  [
    "papers",
    /(?:什么|哪些|啥)(?:材料|资料|文件|证件|证明)|材料(?:清单)?|资料清单|要交什么|\b(?:documents needed)\b/gu,
  ],
  ["progress", /进度|进展|到哪一?步|审到哪|结果(?:出来)?|\b(?:status)\b/gu],
  [
    "way",
    /怎么(?:样|办理|申请|申报|报名|弄|操作|走|处理|做|去|加入|参加)?|怎样|如何|咋(?:办|弄|整)?|流程|步骤|手续|程序|办法|途径|申领|领取|怎么领|办理|申请|申报|\b(?:how (?:to|do|can)|procedure|process)\b/gu,
  ],
  ["result", /后果|会怎样|会怎么样|影响|处罚多少|有什么关系/gu],
  ["reason", /为什么|为啥|为何|原因|凭什么|\b(?:why)\b/gu],
];

/** Courtesy, who asks, and the frame of a question: they say nothing of the matter. */
export const FRAMES: readonly RegExp[] = [
  /您好|你好|大家好|早上好|下午好|晚上好|哈喽|在吗|请问一?下?|请教一?下?|问一?下|想问一?下?|想了解一?下?|想知道|想咨询一?下?|咨询一?下|打听一?下?|了解一?下|麻烦(?:您|你)?(?:问一?下)?|劳驾|打扰(?:了|一下)?|不好意思|谢谢(?:您|你)?|多谢|感谢|辛苦了|求助|求解|急(?:急|死)+|帮忙|帮我们?|帮|给我们?|替我们?|请/gu,
  /我们(?:公司|企业|厂|单位|这边|这里|家)?|咱们?(?:公司|企业|厂|园区|这儿|这里|这边)?|我司|我公司|本公司|贵(?:单位|部门|园区|司|区)|俺们?|你们(?:这里|这儿|这边|那边)?|您(?:这里|这边)?|我(?:想|要|家|的)?|某企业|某某|做.{0,6}的企业|的企业|属于|一家/gu,
  /有没有|有无|是不是|是否|能不能|可不可以|可否|能否|会不会|要不要|需不需要|够不够|通不通|算不算|行不行|好不好|用不用|可以|能够|需要|应该|应当|必须|允许|存在|方便/gu,
  /什么|哪些|哪个|哪几个|哪种|哪家|怎么|一共|总共|大概|大约|一般|目前|现在|如今|今年|最近|具体|相关|方面|针对|关于|对于|这个|那个|这种|这样|那样|的话|的时候|情况|问题|政策|规定|措施|内容|说明|介绍一?下?|说一?下|看看|一个|一家|一下|一点|还有|还是|还能|获得|得到|享受|打算|准备|计划/gu,
];

/** Of one character, or part of longer words: they go after the text was cut into words. */
export const STOP_WORDS: ReadonlySet<string> = new Set([
  ..."有没能可会要得够请帮替啥哪还都也就只再又才把被让给跟和与对在从到向由为以用吗嘛么呢吧呀啊哦哈啦了过着的地不是做搞弄拿想里上下中内等个些种并来去说叫该办报管讲行好多少点家几去年月日我你您他她它们这那咱俺谁所后前时看查领交发补奖缴".split(
    "",
  ),
  ..."进行 开展 属于 实行 落实 一些 所有 各种 以及 或者 如果 但是 因为 所以 已经 正在 为了 出来 回来 起来 过来 知道 觉得 认为 希望 能够 愿意 一直".split(
    " ",
  ),
]);

export const ENGLISH_FRAME =
  /\b(?:hi|hello|dear|thanks?|thank you|please|could you|can you tell me|we|our|my|i am|i'm|is there|are there|does|do you|do we|do|have|has|the|a|an|any|in|at|for|of|to|is|are|can|get|i)\b/gu;
