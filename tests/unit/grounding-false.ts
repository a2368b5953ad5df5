import type { FalseCase } from "./grounding-sources.ts";

const GOALS = "plan:日均新增科技企业30家";
const SCALE = "plan:园区产业规模达千亿级以上";
const ANGEL = "plan:设立天使投资引导基金";
const FUND = "plan:设立产业投资基金";
const LISTING = "plan:支持企业多渠道上市";
const CREDIT = "plan:企业综合信用报告制度";
const HOUSING = "plan:租购并举";
const TALENT = "plan:百千万";
const CARDS = "plan:贤才”服务港";
const PROOF = "plan:加快建设概念验证中心";
const INSTITUTES = "plan:布局建设新型研发机构";
const INCUBATORS = "plan:凤创谷、汇智天地";
const UNION = "plan:医企联盟";
const SERVICES = "plan:保税研发设计中心";
const ONE_STOP = "plan:一站式服务平台";
const LAND = "plan:盘活存量工业用地";
const HEADQUARTERS = "plan:争取央企、市属国企总部";
const DUTIES = "plan:区科委具体负责";
const NUCLEIC = "plan:杭发核酸技术中心";
const MEDICINE = "plan:临港未来产业园";
const EVENTS = "plan:国际化妆品大会”、“东方美谷生命健康论坛";
const ONLINE = "plan:智慧好办2.0版";
const PREAMBLE = "plan:沪府办规〔2023〕23号";

/** Subtly false: one thing changed. */
export const FALSE_CASES: readonly FalseCase[] = [
  // numbers
  { clauses: GOALS, statement: "到2026年，三大特色产业人才规模达到8万。", problem: ["figure"] },
  { clauses: GOALS, statement: "到2026年，三大特色产业人才规模达到60万。", problem: ["figure"] },
  { clauses: GOALS, statement: "到2026年，力争建成高质量孵化器2家。", problem: ["figure"] },
  { clauses: GOALS, statement: "到2026年，日均新增科技企业三百家。", problem: ["figure"] },
  {
    clauses: GOALS,
    statement: "到2026年，力争建成高质量孵化器30家，日均新增科技企业1家。",
    problem: ["figure"],
  },
  { clauses: SCALE, statement: "到2026年，三大特色产业总规模占全区75%以上。", problem: ["figure"] },
  { clauses: SCALE, statement: "到2026年，三大特色产业总规模占全区八成以上。", problem: ["figure"] },
  { clauses: SCALE, statement: "到2026年，园区产业规模达万亿级以上。", problem: ["figure"] },
  { clauses: SCALE, statement: "到2026年，“独角兽”“隐形冠军”企业超过20家。", problem: ["figure"] },
  { clauses: UNION, statement: "集合区内40余家优质企业和医疗机构组成医企联盟。", problem: ["figure"] },
  {
    clauses: UNION,
    statement: "持续深化与华东理工大学、上海应用技术大学等六家在奉高校的产教融合合作。",
    problem: ["figure"],
  },
  { clauses: PROOF, statement: "聚焦三大主导领域，建设3个高水平概念验证中心。", problem: ["figure"] },
  { clauses: PROOF, statement: "聚焦三大主导领域，建设数十个高水平概念验证中心。", problem: ["figure"] },
  {
    clauses: "对象",
    statement: "对首次通过评审的企业，一次性给予不超过25万元的创新券额度。",
    problem: ["figure"],
  },
  { clauses: "对象", statement: "创业团队的创新券额度不超过20万元。", problem: ["figure"] },
  { clauses: "对象", statement: "同一企业每年申请不得超过三次。", problem: ["figure"] },
  { clauses: "补助", statement: "按新增研发费用的5%给予补助，最高不超过100万元。", problem: ["figure"] },
  { clauses: "补助", statement: "第二年补助比例为8%，最高不超过100万元。", problem: ["figure"] },
  {
    clauses: "补助",
    statement: "对年度研发费用超过300万元且同比增长10%以上的企业给予补助。",
    problem: ["figure"],
  },
  {
    clauses: "申请",
    statement: "区科技局会同区财政局在受理之日起5个工作日内完成审核。",
    problem: ["figure"],
  },
  { clauses: "申请", statement: "审核结果公示15个工作日。", problem: ["figure"] },
  // units
  { clauses: GOALS, statement: "到2026年，三大特色产业人才规模达到6万户。", problem: ["figure"] },
  { clauses: GOALS, statement: "到2026年，三大特色产业人才规模达到6亿。", problem: ["figure"] },
  { clauses: SCALE, statement: "到2026年，园区产业规模达千亿元以上。", problem: ["figure"] },
  {
    clauses: "对象",
    statement: "对首次通过评审的企业，一次性给予不超过20万美元的创新券额度。",
    problem: ["figure"],
  },
  {
    clauses: "对象",
    statement: "对首次通过评审的企业，一次性给予不超过20元的创新券额度。",
    problem: ["figure"],
  },
  { clauses: "禁止", statement: "创新券有效期为12年。", problem: ["figure"] },
  { clauses: "申请", statement: "区科技局会同区财政局在受理之日起15天内完成审核。", problem: ["figure"] },
  { clauses: "申请", statement: "审核结果公示5个月。", problem: ["figure"] },
  { clauses: "补助", statement: "按新增研发费用的8‰给予补助。", problem: ["figure"] },
  // years and dates
  { clauses: GOALS, statement: "到2025年，三大特色产业人才规模达到6万。", problem: ["date"] },
  { clauses: SCALE, statement: "到2027年，“独角兽”“隐形冠军”企业超过2家。", problem: ["date"] },
  { clauses: SCALE, statement: "到二〇二五年，园区产业规模达千亿级以上。", problem: ["date"] },
  { clauses: PREAMBLE, statement: "方案依据沪府办规〔2024〕23号等文件精神制定。", problem: ["identifier"] },
  { clauses: "施行", statement: "该办法自2025年1月1日起施行。", problem: ["date"] },
  { clauses: "施行", statement: "该办法自2025年7月1日起施行，有效期至2028年6月30日。", problem: ["date"] },
  { clauses: "施行", statement: "该办法自2027年6月30日起施行。", problem: ["date"] },
  { clauses: "施行", statement: "该办法有效期至2025年7月1日。", problem: ["date"] },
  { clauses: "申请", statement: "申请时间为每年3月1日至5月30日。", problem: ["date"] },
  { clauses: "申请", statement: "申请时间为今年3月1日至4月30日。", problem: ["date"] },
  { clauses: TALENT, statement: "2025年持续举办全球创新创业大赛。", problem: ["date"] },
  // qualifiers
  { clauses: GOALS, statement: "到2026年，建成高质量孵化器1家。", problem: ["qualifier"] },
  { clauses: GOALS, statement: "三大特色产业人才规模达到6万。", problem: ["qualifier"] },
  { clauses: GOALS, statement: "到2026年，三大特色产业人才规模超过6万。", problem: ["qualifier"] },
  { clauses: GOALS, statement: "到2026年，新增科技企业30家。", problem: ["qualifier"] },
  { clauses: SCALE, statement: "到2026年，“独角兽”“隐形冠军”企业为2家。", problem: ["qualifier"] },
  { clauses: SCALE, statement: "到2026年，三大特色产业总规模占全区70%。", problem: ["qualifier"] },
  { clauses: SCALE, statement: "到2026年，三大特色产业总规模占全区约70%。", problem: ["qualifier"] },
  { clauses: SCALE, statement: "“独角兽”“隐形冠军”企业超过2家。", problem: ["qualifier"] },
  { clauses: UNION, statement: "集合区内30家优质企业和医疗机构组成医企联盟。", problem: ["qualifier"] },
  {
    clauses: "对象",
    statement: "对首次通过评审的企业，一次性给予20万元的创新券额度。",
    problem: ["qualifier"],
  },
  {
    clauses: "对象",
    statement: "对首次通过评审的企业，一次性给予不低于20万元的创新券额度。",
    problem: ["qualifier"],
  },
  { clauses: "对象", statement: "同一企业申请不得超过2次。", problem: ["qualifier"] },
  {
    clauses: "补助",
    statement: "对年度研发费用500万元且同比增长10%以上的企业，按新增研发费用的8%给予补助。",
    problem: ["qualifier"],
  },
  {
    clauses: "补助",
    statement: "对年度研发费用超过500万元且同比增长10%的企业，按新增研发费用的8%给予补助。",
    problem: ["qualifier"],
  },
  // identifiers
  { clauses: "联系", statement: "咨询电话：021-00001235。", problem: ["identifier"] },
  { clauses: "联系", statement: "咨询电话：13800000000。", problem: ["identifier"] },
  { clauses: "联系", statement: "电子邮箱：kechuang@qinghe.com。", problem: ["identifier"] },
  { clauses: "联系", statement: "地址：青禾区云杉路89号3楼。", problem: ["identifier"] },
  {
    clauses: "施行",
    statement: "《青禾区创新券管理办法》（青科规〔2022〕16号）同时废止。",
    problem: ["identifier"],
  },
  { clauses: CARDS, statement: "打造“贤才”服务港，咨询电话021-00005678。", problem: ["identifier"] },
  {
    clauses: ONLINE,
    statement: "打造“一网通办”智慧好办2.0版，网址为https://zwdt.example.cn。",
    problem: ["identifier"],
  },
  { clauses: ONLINE, statement: "打造“一网通办”智慧好办2.0版，请拨打热线12345。", problem: ["identifier"] },
  // quotes, one character changed
  { clauses: ANGEL, statement: "文件提出“面向前沿新型领域，设立天使投资引导基金”。", problem: ["quote"] },
  {
    clauses: ANGEL,
    statement: "文件原文为“引导国有企业资金、民间资金投向‘生命健康、高端装备及未来材料’三大产业领域”。",
    problem: ["quote"],
  },
  {
    clauses: FUND,
    statement: "文件提出“设立产业投资基金，引导社会资金聚力科技成果转化”。",
    problem: ["quote"],
  },
  { clauses: HOUSING, statement: "文件提出“加快实施租购同举的人才安居工程”。", problem: ["quote"] },
  {
    clauses: ONE_STOP,
    statement: "文件提出“为企业提供从布局选址、金融支持、人才招聘、孵化加速到产业化的一站式集成服务”。",
    problem: ["quote"],
  },
  { clauses: EVENTS, statement: "文件提出持续举办“国际化妆品论坛”。", problem: ["quote"] },
  {
    clauses: PREAMBLE,
    statement: "依据《关于推进张江高新区改革创新发展建设世界一流科技园区的若干意见》。",
    problem: ["quote"],
  },
  { clauses: "禁止", statement: "文件规定“创新券不得转让、赠送或者反复使用”。", problem: ["quote"] },
  {
    clauses: SERVICES,
    statement: "文件提出“加快推进东方美谷天然原料创新研发和检测鉴定中心……平台建设”。",
    problem: ["quote"],
  },
  // names
  { clauses: DUTIES, statement: "方案由市科委具体负责。", problem: ["name", "party"] },
  { clauses: DUTIES, statement: "配合的委办局包括区税务局。", problem: ["name"] },
  { clauses: DUTIES, statement: "由市科技发展促进中心落实推进园区管理各项事宜。", problem: ["name"] },
  { clauses: SERVICES, statement: "进一步完善优化东方美谷化妆品注册指导服务站。", problem: ["name"] },
  {
    clauses: SERVICES,
    statement: "推进国家级化妆品领域知识产权快速维权中心、国家药品监督管理局研修学院教学基地建设。",
    problem: ["name"],
  },
  { clauses: NUCLEIC, statement: "加快推进药明核酸技术中心等项目建设。", problem: ["name", "unsupported"] },
  {
    clauses: INCUBATORS,
    statement: "文件鼓励凤创谷、汇智天地、零号湾等孵化器对标行业标杆。",
    problem: ["unsupported", "name"],
  },
  { clauses: UNION, statement: "持续深化与同济大学等高校院所产教融合合作。", problem: ["name"] },
  {
    clauses: MEDICINE,
    statement: "聚焦合成生物，加快推进建设湾区未来产业园。",
    problem: ["name", "unsupported"],
  },
  { clauses: EVENTS, statement: "持续举办东方美谷生命健康论坛暨CRO产业投资发展大会。", problem: ["name"] },
  { clauses: FUND, statement: "围绕三大特色产业，设立绿色发展基金。", problem: ["name", "unsupported"] },
  // parties
  {
    clauses: DUTIES,
    statement: "区科技发展促进中心具体负责，区科委落实推进园区管理各项事宜。",
    problem: ["party"],
  },
  { clauses: DUTIES, statement: "由区财政局牵头，区科委具体负责。", problem: ["party"] },
  { clauses: ANGEL, statement: "引导创业企业资金投向国有企业。", problem: ["party", "unsupported"] },
  {
    clauses: "plan:双谷联动”一体化发展模式",
    statement: "强化张江制造、奉贤研发。",
    problem: ["party", "unsupported"],
  },
  { clauses: "鼓励", statement: "鼓励本区企业向高校院所开放大型科研仪器。", problem: ["party"] },
  {
    clauses: "申请",
    statement: "区财政局会同区科技局在受理之日起15个工作日内完成审核。",
    problem: ["party"],
  },
  { clauses: LISTING, statement: "支持境外IPO企业多渠道上市。", problem: ["unsupported"] },
  // strength
  { clauses: MEDICINE, statement: "临港未来产业园已建成。", problem: ["strength"] },
  { clauses: MEDICINE, statement: "奉贤已有东方美谷中医药产业共享交流平台。", problem: ["strength"] },
  { clauses: MEDICINE, statement: "建设临港未来产业园。", problem: ["strength"] },
  { clauses: INSTITUTES, statement: "与一流大学合作建设一批新型研发机构。", problem: ["strength"] },
  { clauses: INSTITUTES, statement: "支持区内企业投入建设机制灵活的新型研发机构。", problem: ["strength"] },
  { clauses: LISTING, statement: "支持企业挂牌和转板上市。", problem: ["strength"] },
  { clauses: LISTING, statement: "引进区外上市企业。", problem: ["strength"] },
  { clauses: ANGEL, statement: "天使投资引导基金现已设立。", problem: ["strength"] },
  { clauses: FUND, statement: "园区设立了产业投资基金。", problem: ["strength"] },
  { clauses: SERVICES, statement: "园区有国家级化妆品领域知识产权快速维权中心。", problem: ["strength"] },
  { clauses: SERVICES, statement: "国家级化妆品领域知识产权快速维权中心正在建设。", problem: ["strength"] },
  { clauses: HEADQUARTERS, statement: "引进央企、市属国企总部或其部分功能导入园区。", problem: ["strength"] },
  { clauses: "鼓励", statement: "设立科技保险补偿机制。", problem: ["strength"] },
  { clauses: "鼓励", statement: "支持高校院所向本区企业开放大型科研仪器。", problem: ["strength"] },
  { clauses: "鼓励", statement: "情况特殊的，给予延期。", problem: ["strength"] },
  // negation
  { clauses: LISTING, statement: "不支持引进区外上市企业。", problem: ["negation"] },
  { clauses: "禁止", statement: "创新券可转让、赠送或者重复使用。", problem: ["negation"] },
  { clauses: "禁止", statement: "创新券用于日常经营支出。", problem: ["negation"] },
  { clauses: "禁止", statement: "外省市企业可以申请支持。", problem: ["negation", "unsupported"] },
  { clauses: "禁止", statement: "支持外省市企业。", problem: ["negation", "strength"] },
  { clauses: TALENT, statement: "不再举办全球创新创业大赛。", problem: ["negation"] },
  { clauses: "申请", statement: "申请单位不得登录青禾科创服务平台提交申请材料。", problem: ["negation"] },
  { clauses: "对象", statement: "支持对象无需在本区注册。", problem: ["negation"] },
  // promises and benefits
  { clauses: HOUSING, statement: "人才可以获得安居补贴。", problem: ["negation", "unsupported"] },
  {
    clauses: HOUSING,
    statement: "加快实施“租购并举”的人才安居工程，提供租房补贴。",
    question: "来园区工作有租房补贴吗",
    problem: ["unsupported"],
  },
  { clauses: HEADQUARTERS, statement: "保证落实相关奖励资金拨付。", problem: ["promise"] },
  { clauses: HEADQUARTERS, statement: "总部企业最高可拿500万元奖励资金。", problem: ["promise", "figure"] },
  { clauses: "补助", statement: "符合条件的企业一定能拿到补助。", problem: ["promise"] },
  { clauses: "对象", statement: "贵企业的申请已批准。", problem: ["promise"] },
  {
    clauses: LAND,
    statement: "进一步盘活存量工业用地，企业可优先拿地。",
    problem: ["negation", "unsupported"],
  },
  { clauses: CREDIT, statement: "帮助企业加快上市步伐，并给予上市奖励。", problem: ["unsupported"] },
  { clauses: CARDS, statement: "持有“贤才”服务卡的人才子女可入学。", problem: ["unsupported", "negation"] },
  { clauses: ANGEL, statement: "天使投资引导基金单笔投资不超过500万元。", problem: ["figure"] },
  { clauses: ANGEL, statement: "文件未写明该基金投向的产业领域。", problem: ["absence"] },
  { clauses: GOALS, statement: "文件没有提到孵化器的数量。", problem: ["absence"] },
  {
    clauses: "补助",
    statement: "对企业按新增研发费用的8%给予补助，最高不超过100万元。",
    problem: ["qualifier"],
  },
];
