/**
 * Words that report, join or point, and say nothing of the matter: a statement may hold them although no clause does.
 * Nothing belongs here that could be a benefit, a condition, an obligation, a body, a degree or a state.
 */
const NEUTRAL_WORDS = [
  // of the document
  "本方案|该方案|此方案|方案|本文件|该文件|文件|文中|文内|原文|条款|该条|本条|上述|前述|所述|所列|其中",
  "提出|明确|指出|规定|设定|列出|列明|列举|点名|点到|写明|写到|载明|提到|提及|表述|表示|强调|说明|介绍|概括|归纳|内容|依据|根据|按照|依照|参照",
  "将其|把其|有关|相关|涉及|属于|对应|对此|就此|据此|为此|在此|至此|如下|以下(?!简称)|以上(?=[，。内])",
  // joining
  "同时|此外|另外|以及|并且|而且|或者|因此|从而|通过|借助|用于|用来|以便|旨在|还有|还将|还要|还会|还|也|又|都是",
  "包括|包含|涵盖|例如|比如|譬如|诸如|具体来说|具体而言|简单来说|总的来说|总体上|也就是说|也就是|换言之|即|一是|二是|三是|四是|五是|首先|其次|再次|最后|一方面|另一方面",
  // pointing
  "是指|指的是|达到|达|列为|目的|目标|对象|范围|方面|方向|领域|环节|层面|角度|重点|主要|具体|分别|各自|这些|那些|这项|这一|这个|该项|此项|这|那|它们|其",
  "围绕|聚焦|面向|针对|对于|关于|至于|作为|当作|视为|称为|称作|叫做|名为|分为|分成|归为|进行|采取|采用|方式|形式|途径|渠道|手段|方法|举措|措施|工作|任务|安排|部署|事项|部分|情况|做法|思路|路径",
  "共有|水平|范围内|提法|说法|写法|数量|规模|比例|占比|名称|清单|类型|类别|来源|时间|期限|年份|地点|位置",
  // of the asker
  "贵企业|贵公司|贵司|您好|您|请注意|需注意|注意|供参考|参考|所问|咨询",
  // weaker than any plan
  "计划|打算|希望|意在|力图|着眼",
  "个|项|种|类|点|条|一个|一项|一种|一类",
];

export const NEUTRAL_PATTERN = new RegExp(
  NEUTRAL_WORDS.join("|")
    .split("|")
    .sort((one, other) => other.length - one.length)
    .join("|"),
  "g",
);

/** Single characters that carry grammar only; modal verbs are judged with the negations. */
export const GRAMMAR_CHARACTERS = new Set(
  "的地得之与和及并或等在于从自由向对将把被让使给为是以用按经至到即则而且其此该各每又也还就才再者们吗呢吧所且均都等应须可需能会",
);
