/** How a message asks for a person. `bare`: it says nothing of the matter itself. */
export interface HandOver {
  kind: "person" | "complaint";
  bare: boolean;
}

const MAX_TEXT = 2_000;
/** Of what is longer, which may be a pasted document, only the beginning says what is wished. */
const BEGINNING = 100;
const MAX_BARE = 40;

/** A person of this service. `人工` only where it is not the beginning of another word: 人工智能, 人工骨, 人工成本. */
const HUMAN =
  "(?:人工(?!智|神|骨|关|心|耳|角|皮|血|肺|胰|晶|器|降|增|合成|成本|费|费用|草|湖|授|培|养|林|影|标|栽|种|光|肾|肝|椎|瓣|牙|染|呼|气|视|审|检|干|时|数|工资|薪|繁|麝|牛|替|岛|钻|宝|甜|色|材|组|生|受|操|干预|费)|真人|活人|客服)";
const SPECIALIST =
  "(?:(?:服务|企业服务|园区|政策|对接|你们的?|区里的?|负责的?)?(?:专员|专管员|联络员|服务管家))";
const STAFF =
  "(?:工作人员|工作同志|负责人|负责同志|经办人|经办人员|主管|经理|领导|老师|同志|专家顾问|业务员|对接人|联系人|专人)";
const SOMEONE =
  "(?:个|位|一个|一位|几个|些)?(?:懂(?:行|政策)?的|负责的|专业的|真的)?(?:人|专人)(?!才|员|形|类|气|工|数|均|口|脸|体|社)";
const ANYONE = `(?:(?:个|位|名|一个|一位|一名|你们的?|贵委的?|园区的?|区里的?|区科委的?|科委的?|相关的?|专业的?|专门的?|有经验的?|能拍板的|懂政策的|负责[^，]{0,6}的|熟悉[^，]{0,6}的){0,3}(?:${HUMAN}|${SPECIALIST}|${STAFF})|${SOMEONE})`;
const ME = "(?:我们公司|我们单位|我们企业|我们这边|我们|我司|本公司|我|咱们|贵司|企业这边)";
/** What people are looked for besides being served. */
const OTHER_AIM =
  "(?:一起|来)?(?:合作|合伙|入股|投资|出资|代理|代工|加工|研发|参加|参训|参赛|出席|培训|学习|任教|任职|当|做|担任|开发|生产|买|租)";
/** Wishes and requests. */
const WISH =
  "(?:能不能|能否|可不可以|可否|可以|是否可以|是否能|能|麻烦|(?<!申)请|(?<!申)请你|请您|帮忙|帮我|帮我们|帮|给我|给我们|给|我想|我们想|想|我要|我们要|要|需要|希望|希望能|想要|拜托|烦请|劳驾|直接|还是|快|赶紧)";

/** Whole messages. */
const BARE: readonly RegExp[] = [
  new RegExp(
    `^${WISH}{0,4}(?:转|转接|接|接入|找|呼叫|联系|换|切换到?|叫|来个?|要)?(?:一下|到|给|至|下)?(?:个|位)?(?:${HUMAN}|${SPECIALIST})(?:客服|服务|坐席|专员|老师|处理|对接|回复|解答|沟通|咨询|接听|帮忙)?(?:一下)?$`,
    "u",
  ),
  /^(?:人工|真人|人工客服|客服|专员)(?:在|在线|在不在|有没有|有)$/u,
  /^(?:请|帮我|麻烦)?(?:找|联系|叫|见)(?:一下|下)?(?:你们|园区|你们园区)?的?(?:负责人|领导|工作人员|经办人|相关人员)$/u,
  /^(?:转接|找人|找个人|找真人|找老师|找工作人员|找负责人|叫人|叫人来|我要找人|我想找人)$/u,
  /^(?:我要|我想|我们要|帮我|请)?(?:提交|提|开|建|新建|发起|登记|创建|报)(?:一?个|一?张|一?条)?(?:服务)?工单$/u,
  /^(?:我要|我想|我们要|要)?(?:投诉|举报|反映问题|提意见)$/u,
];

/** Within one clause. */
const PERSON: readonly RegExp[] = [
  new RegExp(`(?:转|转接|转给|转到|接通?|接入|换|切换到?|呼叫)(?:一下|到|给|个)?${HUMAN}`, "u"),
  new RegExp(`(?:找|联系|叫|要|来|问|安排|请|派|给我(?:们)?)(?:一下|到|个|位|一个|一位)?${HUMAN}`, "u"),
  new RegExp(`(?:怎么|如何|怎样)(?:才能)?(?:找|转|转接|联系|接通|呼叫)(?:到)?${HUMAN}`, "u"),
  new RegExp(`有(?:没有)?(?:一个|个)?(?:${HUMAN})(?:客服|服务)?(?:吗|么|没有|没|可以|能|在)?`, "u"),
  new RegExp(
    `${WISH}(?:.{0,6}?)(?:找|联系|安排|派|(?<!申)请|叫|让|转给|转接给?|转|介绍|推荐|指派|约|见|对接|咨询|问)(?:一下|到|下|我们?)?${ANYONE}(?!${OTHER_AIM})(?:.{0,20})$`,
    "u",
  ),
  new RegExp(
    `^(?:那|那就|还是|直接|先|快|赶紧|请|麻烦)*(?:找|联系|安排|派|叫|让|转给|转接给?|转)(?:一下|到|下)?(?:${SPECIALIST}|(?:个|位|一个|一位|你们的?)+${STAFF}|你们${STAFF}|工作人员|${SOMEONE}(?:来|帮|对接|联系|看|跟|和|给|处理|解答|解释|沟通|上门|回))`,
    "u",
  ),
  new RegExp(
    `有(?:没有|无|木有)?(?:哪位|哪个|个|位)?(?:${STAFF}|${SPECIALIST}|懂的人|懂行的人|人)(?:能|能够|可以|可|方便)(?:.{0,8}?)(?:帮|教|指导|联系|对接|看|讲|解答|解释|沟通|聊|谈|跟进|处理|接待|过来|回复).{0,12}(?:${ME}|一下|一眼|看看|下|聊聊|谈谈|讲讲|吗|$)`,
    "u",
  ),
  new RegExp(
    `(?:${WISH}.{0,6}?)(?:跟|和|与|同)(?:个|位|一个|一位|你们的?|园区的?|相关的?|区科委的?|区里的?)*(?:${HUMAN}|${STAFF}|${SPECIALIST}|人|你们)(?:当面|电话|直接|详细|好好|线下|面对面|再)*(?:谈|聊|沟通|说|对接|交流|通话|通电话|见|面谈|联系)`,
    "u",
  ),
  new RegExp(
    `(?:让|叫|请|安排|派|麻烦|希望|希望有|想让|有没有|有)(?:.{0,4}?)(?:${STAFF}|${SPECIALIST}|${SOMEONE}|你们).{0,6}?(?:联系|回电|回个?电话|打电话|给.{0,4}?(?:回|打)(?:个)?电话|上门|来一趟|过来看|对接|跟进)(?:一下|下)?(?:${ME}|一下|一趟|看看|看一下)`,
    "u",
  ),
  new RegExp(`(?:请|让|叫|麻烦|安排)${ANYONE}(?:尽快|马上|今天)?(?:回电|回个?电话|回复一下|联系一下)`, "u"),
  new RegExp(
    `(?:给|跟)${ME}(?:回|打)(?:个|一个)?(?:电话|话)|回${ME}(?:个)?电话|(?:请|让|麻烦|尽快|希望|赶紧|赶快|马上|立刻|抓紧|速|快).{0,6}(?:联系|回电给?)(?:一下)?${ME}|^(?:请|赶紧|赶快|快|直接|可以|麻烦){0,2}(?:打|拨打|回)(?:一下)?${ME}的?(?:电话|手机)`,
    "u",
  ),
  new RegExp(
    `(?:帮|替|麻烦|请)(?:你|您)?(?:${ME})?(?:去)?(?:问问|问一下|问|催一下|催催|催|反映给|跟)(?:一下)?(?:区|市)?(?:科委|财政局?|人社局?|房管局?|经委|发改委|规划资源局|生态环境局|行政服务办|交通委|投促办|科技发展促进中心|有关部门|相关部门|主管部门|承办部门|物业|窗口)`,
    "u",
  ),
  /(?:不想|不要|别|不用|懒得)(?:再)?(?:跟|和|同|让)?(?:机器人|机器|ai|程序|你)(?:.{0,4})(?:聊|说|谈|讲|答|回复|对话)/u,
  /(?:帮我|给我|替我|请|麻烦|我要|我想|能不能|可以)(?:们)?(?:.{0,6}?)(?:提交?|开|建|登记|创建|发起)(?:一?个|一?张|一?条)?(?:服务)?工单/u,
  new RegExp(`(?:人工|专人|专员|线下)(?:帮|给|为|替)${ME}`, "u"),
  /(?:需要|想要|希望有|给)(?:我们?|安排|派)?(?:个|一个|一位)?(?:专)?人(?:来)?(?:帮|对接|指导|协助|协调|联系|跟进|接待|过问|出面|处理|解决)/u,
  new RegExp(
    `(?:转给|转交给?|反映给|转达给|交给|上报给)(?:.{0,8}?)(?:${STAFF}|${SPECIALIST}|部门|科委|园区|管委会|政府|区里|街道|镇里|窗口|人工)(?:处理|办理|看看|看一下|一下|吧|跟进|解决|$)`,
    "u",
  ),
];

const COMPLAINT: readonly RegExp[] = [
  /(?:我|我们|我司|本公司|企业)(?:.{0,4})(?:要|想|来|得|必须|打算|需要)(?:.{0,4})(?:投诉|举报|反映|申诉)/u,
  /^(?:我)?(?:投诉|举报)(?:一下|下|[:：]|某|你们|他们|这家|那家|隔壁|邻居|对面|窗口|物业|楼上|楼下|园区|旁边|附近|中介|.{2,40}(?:不|没|乱|差|拖|吵|臭|噪|偷|漏|污|违|收费|扰|异味|刁难))/u,
  /(?:反映|反馈)(?:一个|个|一下)(?:情况|问题|事情)|要反映(?:问题|情况)/u,
];

/** Said without the word. */
const GRIEVANCE: readonly RegExp[] = [
  /(?:没人|无人|没有人)(?:管|理|理会|回应|回复|答复|处理|接|接电话|受理|搭理)|(?:物业|窗口|他们|你们|(?:部门|单位|园区)(?:都|也|又|一直|根本|就是))(?:都|也|又|一直|根本|就是)?(?:不管|不理|不给修|不修|不处理|不解决)(?:我们?|人)?(?:了|啊|的|呀)?$|踢皮球|推来推去|推诿|互相推|石沉大海|不作为|乱收费|吃拿卡要/u,
  /(?:态度|服务)(?:太|很|特别|非常|极其|真)(?:差|恶劣|糟|不好|坏)|态度(?:差|恶劣)/u,
  /(?:给个说法|讨个说法|要个说法|给我个交代|要求解决|强烈不满|非常不满|很不满意|太不像话)/u,
];

/** Complaints as a subject of rules. */
const ABOUT_COMPLAINTS = /认定|标准|规定|机制|制度|处罚|定义|条款|考核|是什么|指什么/u;

/** A clause that asks about the institution, the rule or the responsible body is a question, whatever else stands in it. */
const ASKS_ABOUT: readonly RegExp[] = [
  /(?:找|联系|问|咨询|对接|投诉|举报)(?:谁|哪|什么人|什么部门|何人)/u,
  /(?:哪个|哪些|哪家|什么|哪几个|何)(?:部门|单位|委办局|委办|局|处室|科室|机构|窗口|岗位|职能)/u,
  /(?:由谁|是谁|谁来|谁负责|谁牵头|归谁|谁管|谁可以|谁能)/u,
  /(?:专员|专管员|联络员|管家|客服|专人|联系人|负责人|对接人|工作人员)(?:制度|机制|队伍|模式|体系|是什么|指什么|指的|什么意思|的?职责|的?任务|的?资格|的?条件|有哪些|有多少|怎么配|如何配|配备|几名|多少|的?服务包括|包括|岗位|培训|考核|工资|待遇|需要什么|要什么|的定义)/u,
  /(?:什么是|何为|何谓|建立|实行|设立|配备|配置|设置|推行|实施|完善|健全)(?:.{0,6})(?:专员|专管员|联络员|管家|专人|负责人|客服)/u,
  /(?:怎么|如何|怎样|在哪里?|到哪里?|去哪里?|哪里可以|可以在哪|通过什么|能否|是否可以|可不可以)(?:去|进行|提起|提出)?(?:投诉|举报|申诉|反映|反馈)/u,
  /(?:投诉|举报|申诉|信访|反馈|反映)(?:的)?(?:电话|渠道|热线|方式|流程|程序|邮箱|平台|机制|制度|途径|处理|办法|规定|受理|时限|率|中心|窗口|联系|由|是否|怎么|如何|会)/u,
  /(?:文件|方案|政策|规划|办法|细则|通知|条款)(?:里|中|上)?(?:.{0,8})(?:提到|规定|写|说|要求|明确|载明)/u,
  /(?:企业|园区|区里|政府|子园|项目|公司|单位)(?:是否|有没有|是不是|会不会|要不要)(?:有|要|会|需要)?(?:设|配|安排|指定)?(?:.{0,4})(?:专员|专人|专管员|联络员|管家|负责人|客服)(?:制|负责|吗|$)/u,
  /(?:要不要|需不需要|需要|是否需要|必须|应当|应该|要)(?:指定|设|配|安排)(?:.{0,4})(?:专员|专人|联系人|负责人)/u,
  /(?:申请|申报|认定|办理|报名|参加|入驻|引进|招聘|招引|培养|落户)(?:.{0,6})(?:需要|要|由)(?:.{0,4})(?:联系人|负责人|法人|经办人)/u,
  /(?:人社|人民|人力|人选|人数|人均|个人(?!对接|帮|来|联系|聊|谈|问|看|说|跟|和|讲|教))(?:.{0,10})(?:吗|呢|怎么|如何|多少|什么)/u,
];

const ENGLISH_PERSON =
  "(?:(?:a|an|the|some|your|any|one of your|real|live|actual|human|responsible|relevant|park|service)\\s+)*(?:human(?: being)?|person|people|someone|somebody|specialist|staff(?: member)?|agent|representative|officer|operator|colleague|advis[eo]r|consultant)";

const ENGLISH: readonly RegExp[] = [
  new RegExp(
    `\\b(?:talk|speak|chat|get in touch|get through|connect|transfer|put me through|(?:pass|hand|escalate|forward|send) (?:me|this|it))(?: me)?(?: over)?(?: directly)? (?:to|with) ${ENGLISH_PERSON}\\b`,
    "u",
  ),
  new RegExp(`\\b(?:connect|transfer|refer) (?:me|us) (?:to|with) ${ENGLISH_PERSON}\\b`, "u"),
  new RegExp(
    `\\b(?:i|we)(?:'d| would)? (?:want|need|like|wish) (?:to (?:contact|see|meet|reach) )?${ENGLISH_PERSON}\\b(?! (?:system|scheme|subsidy|policy|status|with|who|from|talents?))`,
    "u",
  ),
  /\b(?:can|could|would|will|please|have|let|ask)\b.{0,16}\b(?:someone|somebody|a (?:real )?person|a human|a specialist|an? (?:officer|agent|advis[eo]r|representative)|a colleague|your staff)\b.{0,20}\b(?:call|contact|help|assist|look|reply|answer|get back|reach|talk|speak|visit|explain|follow)\b.{0,12}\b(?:me|us|this|it|to|our|my)\b/u,
  new RegExp(
    `\\b(?:get|give|find) (?:me|us) ${ENGLISH_PERSON}\\b(?! (?:apartment|housing|subsid|policy))`,
    "u",
  ),
  new RegExp(
    `\\b${ENGLISH_PERSON} (?:that |whom |who )?(?:i|we) (?:can|could|may) (?:talk|speak|turn) to\\b`,
    "u",
  ),
  /\b(?:call|contact) (?:me|us) back\b|\bplease (?:call|contact|phone) (?:me|us)\b/u,
  /\b(?:i|we)(?:'d| would)?(?: like| want| need| wish| have)?(?: to)? (?:complain|file a complaint|make a complaint|lodge a complaint|report a (?:problem|violation|leak))\b/u,
  /\b(?:open|create|raise|file|submit) (?:a|an|another) (?:support )?ticket\b/u,
  /^(?:human|agent|operator|real person|a human|a person|live agent|human please|talk to (?:a )?human|specialist please|complaint|find a specialist|specialist|hand over)[.! ]*$/u,
];
const ENGLISH_ASKS_ABOUT =
  /\b(?:who|which|whom)\b.{0,40}\b(?:should|do|can|is|in charge|responsible|department|office|contact|talk|speak)\b|\bhow (?:do|can|should|to)\b.{0,20}\b(?:complain|complaint)\b|\bwhat (?:is|are|does|do)\b.{0,30}\b(?:specialist|person|people|officer|representative)|\bis there (?:a|any) (?:rule|policy|system|scheme|complaint)\b/u;

/** Undefined: no wish for a person. Questions about who is responsible, how to complain or what a specialist is are questions. */
export function readHandOver(typed: string): HandOver | undefined {
  const text = typed.normalize("NFKC").toLowerCase().trim();
  if (text === "") return undefined;
  if (text.length > MAX_TEXT) {
    const wish = readHandOver(text.slice(0, BEGINNING));
    return wish && { ...wish, bare: false };
  }
  return /\p{Script=Han}/u.test(text) ? readChinese(text) : readEnglish(text);
}

/** Whether a message asks to be handed over to a person, or complains. */
export function isHandOver(text: string): boolean {
  return readHandOver(text) !== undefined;
}

function readChinese(text: string): HandOver | undefined {
  const whole = toPhrase(text);
  if (whole.length <= MAX_BARE && BARE.some((pattern) => pattern.test(whole))) {
    return { kind: /投诉|举报|反映|意见/u.test(whole) ? "complaint" : "person", bare: true };
  }
  if (isCase(text)) return { kind: "person", bare: false };
  const clauses = text
    .split(/[，。！？；,!?;\n]+/u)
    .map((clause) => clause.replace(/\s+/gu, "").trim())
    .filter((clause) => clause !== "");
  const hit = clauses.find((clause) => find(clause) !== undefined);
  const kind = hit === undefined ? undefined : find(hit);
  if (!kind) return undefined;
  const others = clauses.filter((clause) => clause !== hit && !COURTESY.test(clause));
  return { kind, bare: kind === "person" && others.length === 0 && saysNothingElse(hit ?? "") };
}

/** Something went wrong with one's own matter, and somebody is asked to look at it: no document says why. */
const WENT_WRONG =
  /被(?:驳回|退回|拒|拒绝|打回|退件|取消|卡)|(?:没|未|没有|还没|不)(?:能)?(?:到账|下来|批下来|批|通过|收到|拿到|发下来|兑现|审完|办下来|办成)|(?:卡住|卡在|报错|登录不了|登不上|提交不了|传不上|打不开)/u;
const LOOK_AT_IT =
  /给我们?(?:查|看|处理|解决)(?:查|看|一下|下|$)|(?:帮|请|麻烦|能不能|能否)(?:忙|你们|您|我们?|我司)*(?:给|帮)?(?:我们?)?(?:查|看|核实|跟进|处理|解决|过问|催|问)(?:查|看|问|催)?(?:一下|下|看|什么|到底|是|怎|$)/u;
const OWN = /我|本公司|本企业|咱/u;

function isCase(text: string): boolean {
  return text.length <= 400 && OWN.test(text) && WENT_WRONG.test(text) && LOOK_AT_IT.test(text);
}

/** A wish stands at the beginning or the end of what is longer. Bounds what the patterns have to look through. */
const MAX_CLAUSE = 100;

function find(written: string): HandOver["kind"] | undefined {
  const clause = written.replaceAll("请问", "");
  if (clause.length > MAX_CLAUSE) return find(clause.slice(0, MAX_CLAUSE)) ?? find(clause.slice(-MAX_CLAUSE));
  if (ASKS_ABOUT.some((pattern) => pattern.test(clause))) return undefined;
  const phrase = toPhrase(clause);
  if (COMPLAINT.some((pattern) => pattern.test(clause))) return "complaint";
  if (!ABOUT_COMPLAINTS.test(clause) && GRIEVANCE.some((pattern) => pattern.test(clause))) return "complaint";
  return BARE.some((pattern) => pattern.test(phrase)) || PERSON.some((pattern) => pattern.test(clause))
    ? "person"
    : undefined;
}

const COURTESY =
  /^(?:你好|您好|谢谢|多谢|麻烦了?|请问|在吗|在么|拜托了?|好的?|嗯|那|算了|不行|不好意思)+[啊呀哈吧了]*$/u;

function toPhrase(text: string): string {
  return text
    .replace(/[\s。，,.!?！？~～、]+$/u, "")
    .replace(/^[/#]+/u, "")
    .replace(/^(?:你好|您好|请问|那么|那)[，,\s]*/u, "")
    .replace(/\s+/gu, "")
    .replace(/(?:谢谢|吧|啊|呀|哈|呢|了|吗|么|一下|好吗|可以吗|行吗|谢谢你|谢谢您)+$/u, "")
    .trim();
}

/** Words of the wish itself; what is left over is the matter. */
const WISH_WORDS =
  /能不能|能否|可不可以|可否|可以|是否|有没有|麻烦|请问|请|帮忙|帮|给|我们|我司|我|你们|你|您|想要|想|需要|要|希望|直接|还是|安排|联系|找到|找|转接|转给|转|接通|接|呼叫|对接|沟通|谈谈|谈|聊聊|聊|说说|说|讲讲|讲|看看|看一下|看|咨询|一下|一个|一位|个|位|服务|企业|园区|区科委|区里|真人|人工|客服|专员|专管员|联络员|工作人员|负责人|负责的?|老师|同志|经理|领导|专人|人|跟|和|与|同|能|懂政策|懂|行|的|吗|么|吧|呢|啊|了|来|去|派|叫|让|再|就|当面|电话|打|回|问问|问|处理|解答|解释|跟进|政策|对|这个|这|那|个|不想|不要|别|机器人|机器|程序|ai|提交|工单|开|建|登记|详细|线下|尽快|一趟|上门|怎么|如何|才|到|下/gu;

function saysNothingElse(clause: string): boolean {
  return clause.replace(WISH_WORDS, "").length < 2;
}

function readEnglish(text: string): HandOver | undefined {
  const plain = text.replace(/\s+/gu, " ");
  const sentences = plain.split(/[.!?;]+/u).map((sentence) => sentence.trim());
  const hit = [plain, ...sentences].find(
    (sentence) => ENGLISH.some((pattern) => pattern.test(sentence)) && !ENGLISH_ASKS_ABOUT.test(sentence),
  );
  if (hit === undefined) return undefined;
  const kind = /complain|violation|leak/u.test(hit) ? "complaint" : "person";
  return {
    kind,
    bare:
      kind === "person" && plain.split(" ").length <= 10 && !/\b(?:about|regarding|because)\b/u.test(plain),
  };
}
