import type { FalseCase, GroundingCase } from "./grounding-sources.ts";

/**
 * The fourth and last set. At first contact 8 of 30 true statements failed (three of them rightly: advice, a count of its
 * own, another kind of document) and 1 of 30 false ones passed (保障 and 一事一议 exchanged), which is mended since.
 */
export const LAST_TRUE: readonly GroundingCase[] = [
  {
    clauses: "plan:以习近平新时代中国特色社会主义思想为指导",
    statement: "文件提出深入实施“基金+基地”产业政策。",
  },
  {
    clauses: "plan:基金+基地+产业",
    statement: "金融方面，文件提出深入落实“基金+基地+产业”的发展模式，设立产业投资基金。",
  },
  { clauses: "plan:设立天使投资引导基金", statement: "处于创业早中期的创业企业可以关注天使投资引导基金。" },
  {
    clauses: "plan:设立天使投资引导基金",
    statement: "投向为“生命健康、高端装备和未来材料”三大产业领域的处于创业早中期的创业企业。",
  },
  { clauses: "plan:支持企业多渠道上市", statement: "文件鼓励企业挂牌和转板上市，支持引进区外上市企业。" },
  { clauses: "plan:企业综合信用报告制度", statement: "文件提出搭建“云上会商”新平台，提供“全过程”服务。" },
  { clauses: "plan:租购并举", statement: "文件提出的是“加快实施‘租购并举’的人才安居工程”。" },
  { clauses: "plan:贤才”服务港", statement: "文件提出构建人才全周期服务体系，精准对接各类人才需求。" },
  { clauses: "plan:实行一事一议", statement: "顶尖人才的特殊需求实行一事一议。" },
  { clauses: "plan:一企一策", statement: "重点企业培育名单内的企业采取“一企一策”方式予以精准支持。" },
  { clauses: "plan:争取央企、市属国企总部", statement: "文件提出用足用好市区两级总部经济发展相关政策。" },
  {
    clauses: "plan:盘活存量工业用地",
    statement: "用地方面，文件提出进一步盘活存量工业用地，调整优化空间资源。",
  },
  { clauses: "plan:凤创谷、汇智天地", statement: "文件点名的孵化器有凤创谷、汇智天地、东方美谷等。" },
  {
    clauses: "plan:凤创谷、汇智天地|plan:日均新增科技企业30家",
    statement:
      "文件提出到2026年力争建成高质量孵化器1家，并鼓励凤创谷、汇智天地、东方美谷等孵化器对标行业标杆。",
  },
  {
    clauses: "plan:加快建设概念验证中心",
    statement: "文件提出加快建设概念验证中心，支持对高价值专利和科研成果进行技术和商业可行性验证。",
  },
  {
    clauses: "plan:医企联盟",
    statement: "文件提出深化产医融合发展，集合区内30余家优质企业和医疗机构，组成医企联盟。",
  },
  {
    clauses: "plan:保税研发设计中心",
    statement:
      "文件提出推进国家级化妆品领域知识产权快速维权中心、国家药品监督管理局高级研修学院教学基地建设。",
  },
  {
    clauses: "plan:保税研发设计中心",
    statement: "化妆品注册备案方面，文件提出进一步完善优化东方美谷化妆品注册备案服务站。",
  },
  { clauses: "plan:智慧好办2.0版", statement: "文件提出推进线上线下政务服务全流程智能化、集成化办理。" },
  {
    clauses: "plan:区科委具体负责",
    statement: "园区管理各项事宜由区科技发展促进中心落实推进，区发改委、区经委、区财政局等进行配合。",
  },
  {
    clauses: "plan:落实园区具体实施细则",
    statement: "文件提出加强与市级区级政策的协同，加快推进落实园区具体实施细则。",
  },
  { clauses: "plan:临港未来产业园", statement: "文件对临港未来产业园的表述是“加快推进建设”。" },
  { clauses: "plan:园区产业规模达千亿级以上", statement: "目标是到2026年园区产业规模达千亿级以上。" },
  {
    clauses: "plan:BIGBANG",
    statement: "突出生物医药、大健康产业特色，在国内外重点城市举办主题推介和精准对接活动。",
  },
  {
    clauses: "补助",
    statement: "按新增研发费用的8%给予补助，对象为年度研发费用超过500万元且同比增长10%以上的企业。",
  },
  { clauses: "申请", statement: "申请单位应于每年3月1日至4月30日登录平台提交申请材料。" },
  { clauses: "资助", statement: "办法探索建立风险补偿资金池。" },
  { clauses: "时间", statement: "公示期为7日。" },
  { clauses: "租期", statement: "承租人违反规定的，取消租赁资格。" },
  { clauses: "条件", statement: "申请人应同时符合三项条件，其中包括与区内企业签订1年以上劳动合同。" },
];

export const LAST_FALSE: readonly FalseCase[] = [
  {
    clauses: "plan:园区产业规模达千亿级以上",
    statement: "目标是到2026年园区产业规模超千亿级。",
    problem: ["qualifier"],
  },
  {
    clauses: "plan:园区产业规模达千亿级以上",
    statement: "到2026年，“独角兽”企业达到2家。",
    problem: ["qualifier"],
  },
  {
    clauses: "plan:园区产业规模达千亿级以上",
    statement: "到2026年，三大特色产业总规模占全区近70%。",
    problem: ["qualifier"],
  },
  {
    clauses: "plan:日均新增科技企业30家",
    statement: "到2026年，日均新增科技企业30余家。",
    problem: ["qualifier"],
  },
  {
    clauses: "plan:日均新增科技企业30家",
    statement: "到2026年，人才规模达到6万，其中孵化器30家。",
    problem: ["figure"],
  },
  { clauses: "plan:日均新增科技企业30家", statement: "2026年起，日均新增科技企业30家。", problem: ["date"] },
  {
    clauses: "plan:日均新增科技企业30家",
    statement: "高质量孵化器一年建成1家。",
    problem: ["figure", "qualifier"],
  },
  { clauses: "plan:医企联盟", statement: "与华东理工大学等十家在奉高校合作。", problem: ["figure"] },
  {
    clauses: "plan:沪府办规〔2023〕23号",
    statement: "依据为沪府办规〔2023〕32号。",
    problem: ["identifier"],
  },
  {
    clauses: "plan:沪府办规〔2023〕23号",
    statement: "依据为沪府办发〔2023〕23号。",
    problem: ["identifier"],
  },
  {
    clauses: "plan:沪府办规〔2023〕23号",
    statement: "依据《上海张江高新技术产业开发区“十五五”规划》。",
    problem: ["quote"],
  },
  { clauses: "plan:设立天使投资引导基金", statement: "设立天使投资引导基金2亿元。", problem: ["figure"] },
  {
    clauses: "plan:设立天使投资引导基金",
    statement: "天使投资引导基金由区科委管理。",
    problem: ["name", "unsupported"],
  },
  { clauses: "plan:设立产业投资基金", statement: "设立产业引导基金。", problem: ["name"] },
  {
    clauses: "plan:设立产业投资基金|plan:设立天使投资引导基金",
    statement: "设立产业投资引导基金。",
    problem: ["name"],
  },
  {
    clauses: "plan:保税研发设计中心",
    statement: "加快推进东方美谷保税研发设计中心建设。",
    problem: ["name"],
  },
  {
    clauses: "plan:保税研发设计中心",
    statement: "推进国家级生物医药产品注册指导服务站建设。",
    problem: ["name"],
  },
  { clauses: "plan:区科委具体负责", statement: "由区经委具体负责。", problem: ["party"] },
  {
    clauses: "plan:区科委具体负责",
    statement: "区科委、区科技发展促进中心共同牵头。",
    problem: ["party", "unsupported"],
  },
  { clauses: "plan:临港未来产业园", statement: "临港未来产业园开园运营。", problem: ["unsupported"] },
  {
    clauses: "plan:凤创谷、汇智天地",
    statement: "支持凤创谷、汇智天地、东方美谷等孵化器对标行业标杆。",
    problem: ["strength"],
  },
  {
    clauses: "plan:实行一事一议",
    statement: "对引进人才和科研团队实行一事一议。",
    problem: ["strength", "unsupported"],
  },
  {
    clauses: "plan:租购并举",
    statement: "加快实施“租购并举”的人才安居工程，符合条件的可申请。",
    problem: ["negation", "unsupported"],
  },
  {
    clauses: "plan:争取央企、市属国企总部",
    statement: "落实央企总部奖励资金拨付。",
    problem: ["strength", "unsupported"],
  },
  { clauses: "补助", statement: "按年度研发费用的8%给予补助。", problem: ["figure", "qualifier"] },
  { clauses: "补助", statement: "第二年补助比例不低于5%。", problem: ["qualifier"] },
  { clauses: "时间", statement: "申请时间为2026年3月2日至4月10日。", problem: ["date"] },
  {
    clauses: "条件",
    statement: "申请人应符合下列条件之一：与区内企业签订1年以上劳动合同。",
    problem: ["unsupported"],
  },
  {
    clauses: "资助",
    statement: "对获得发明专利授权的单位，每家给予不超过3000元资助。",
    problem: ["qualifier"],
  },
  { clauses: "施行", statement: "本办法由区科技局负责实施。", problem: ["strength", "unsupported", "party"] },
];
