import type { GroundingCase } from "./grounding-sources.ts";

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
const LISTS = "plan:四清单";
const JOINT_RESEARCH = "plan:组织开展联合攻关";
const DUTIES = "plan:区科委具体负责";
const NUCLEIC = "plan:杭发核酸技术中心";
const MEDICINE = "plan:临港未来产业园";
const VEHICLES = "plan:车路协同";
const EVENTS = "plan:国际化妆品大会”、“东方美谷生命健康论坛";
const ONLINE = "plan:智慧好办2.0版";
const PREAMBLE = "plan:沪府办规〔2023〕23号";

/** True, in words of their own: what a careful clerk (or a model that follows the prompt) would write. */
export const TRUE_CASES: readonly GroundingCase[] = [
  { clauses: GOALS, statement: "到2026年，三大特色产业人才规模达到6万。" },
  { clauses: GOALS, statement: "文件提出，到2026年力争建成高质量孵化器1家，日均新增科技企业30家。" },
  { clauses: GOALS, statement: "高质量孵化器方面，目标是到2026年力争建成1家。" },
  { clauses: GOALS, statement: "到2026年，日均新增科技企业三十家。" },
  { clauses: GOALS, statement: "人才规模方面，文件提出到2026年三大特色产业人才规模达到六万。" },
  { clauses: SCALE, statement: "到2026年，园区产业规模达千亿级以上，三大特色产业总规模占全区70%以上。" },
  { clauses: SCALE, statement: "“独角兽”“隐形冠军”企业的目标是到2026年超过2家。" },
  { clauses: SCALE, statement: "三大特色产业总规模占全区的比例，目标是到2026年达到百分之七十以上。" },
  { clauses: ANGEL, statement: "文件提出面向前沿新兴领域，设立天使投资引导基金。" },
  {
    clauses: ANGEL,
    statement:
      "天使投资引导基金引导国有企业资金、民间资金投向“生命健康、高端装备和未来材料”三大产业领域的处于创业早中期的创业企业。",
  },
  {
    clauses: ANGEL,
    statement: "该基金面向前沿新兴领域设立，旨在发挥财政资金的杠杆放大效应，培育产业新赛道。",
  },
  {
    clauses: FUND,
    statement: "文件提出围绕三大特色产业设立产业投资基金，引导社会资本聚力科技成果转化和创新型企业发展。",
  },
  {
    clauses: `${FUND}|${ANGEL}`,
    statement: "涉及基金的有两处内容：一是设立产业投资基金，二是设立天使投资引导基金。",
  },
  { clauses: LISTING, statement: "文件支持企业多渠道上市，其中包括境内IPO企业、列入区上市后备培育库企业。" },
  { clauses: LISTING, statement: "鼓励企业挂牌和转板上市。" },
  { clauses: LISTING, statement: "对于区外企业，文件支持引进区外上市企业。", question: "区外企业有政策吗" },
  { clauses: LISTING, statement: "区内企业方面，文件支持区内企业通过资产重组形式上市。" },
  {
    clauses: CREDIT,
    statement: "文件提出深入开展企业综合信用报告制度，搭建“云上会商”新平台，帮助企业加快上市步伐。",
  },
  { clauses: CREDIT, statement: "在融资方面，将积极开展金融政策宣讲，精准对接企业需求。" },
  { clauses: HOUSING, statement: "文件提出加快实施“租购并举”的人才安居工程，增强人才安居政策穿透力。" },
  {
    clauses: HOUSING,
    statement: "关于租房，文件提出加快实施“租购并举”的人才安居工程。",
    question: "来园区工作有租房补贴吗",
  },
  { clauses: HOUSING, statement: "通过揭榜挂帅、柔性引进等机制，搭建拔尖创新人才交流合作平台。" },
  { clauses: TALENT, statement: "实施海外引才专项行动，集聚一批“高精尖缺”海外人才。" },
  { clauses: TALENT, statement: "文件提到将持续举办全球创新创业大赛，吸引海内外参赛项目签约落地。" },
  { clauses: TALENT, statement: "文件提出持续举办“双招双引”专场活动和“走进奉贤”系列活动。" },
  {
    clauses: CARDS,
    statement: "文件提出高标准高水平打造“贤才”服务港、“贤才”服务驿站、“贤才”服务卡和人才服务“一码集成”。",
  },
  { clauses: CARDS, statement: "同时加强人才服务专员队伍管理，推行人才服务专班机制。" },
  { clauses: PROOF, statement: "聚焦三大主导领域，建设若干高水平概念验证中心。" },
  { clauses: PROOF, statement: "文件支持概念验证中心对高价值专利和科研成果进行技术和商业可行性验证。" },
  {
    clauses: PROOF,
    statement: "概念验证中心聚焦生命健康、高端装备、未来材料三大主导领域，助力科技成果转移转化。",
  },
  { clauses: INSTITUTES, statement: "文件提出积极与一流大学合作，争取建设一批新型研发机构。" },
  {
    clauses: INSTITUTES,
    statement: "鼓励区内企业围绕产业技术攻关需求，引导社会力量投入建设机制灵活的新型研发机构。",
  },
  { clauses: INCUBATORS, statement: "文件鼓励凤创谷、汇智天地、东方美谷等孵化器对标行业标杆。" },
  { clauses: INCUBATORS, statement: "孵化器方面，重点是加快提升专业孵化服务能力，推进孵化器高质量发展。" },
  { clauses: UNION, statement: "集合区内30余家优质企业和医疗机构组成医企联盟。" },
  {
    clauses: UNION,
    statement: "文件提出持续深化与华东理工大学、上海应用技术大学等八家在奉高校的产教融合合作。",
  },
  {
    clauses: SERVICES,
    statement: "东方美谷天然原料创新研发及检测鉴定中心、保税研发设计中心等平台，文件的表述是“加快推进”建设。",
  },
  { clauses: SERVICES, statement: "文件提出推进国家级化妆品领域知识产权快速维权中心建设。" },
  {
    clauses: SERVICES,
    statement: "文件提出进一步完善优化东方美谷化妆品注册备案服务站等服务平台，提升服务质量。",
  },
  { clauses: ONE_STOP, statement: "文件支持各子园相关运营主体引入优质服务团队，构建一站式服务平台。" },
  { clauses: ONE_STOP, statement: "一站式集成服务涵盖布局选址、金融支持、人才招牌、孵化加速到产业化。" },
  { clauses: LAND, statement: "文件提出进一步盘活存量工业用地，整合各功能版块，调整优化空间资源。" },
  {
    clauses: LAND,
    statement: "这些空间作为承接张江企业研发成果的中试及生产基地、张江部分企业外迁的落户用地。",
  },
  {
    clauses: HEADQUARTERS,
    statement: "文件提出积极推荐符合认定标准的企业申报市级创新型企业总部、跨国公司地区总部等。",
  },
  { clauses: HEADQUARTERS, statement: "同时落实相关奖励资金拨付与配套政策支持。" },
  { clauses: HEADQUARTERS, statement: "对在沪央企、市属国企，文件提出争取其总部或部分功能导入园区。" },
  { clauses: LISTS, statement: "“四清单”包括空间载体清单、研发项目清单、扶持政策清单、沟通联络清单。" },
  { clauses: LISTS, statement: "文件提出建立产业联动紧密合作机制，定期开展沟通对接。" },
  {
    clauses: JOINT_RESEARCH,
    statement: "鼓励和支持张江研发机构（企业）与奉贤园优势机构（企业）组织开展联合攻关。",
  },
  {
    clauses: DUTIES,
    statement: "方案由区主要领导牵头，区科委具体负责，区科技发展促进中心落实推进园区管理各项事宜。",
  },
  { clauses: DUTIES, statement: "配合的委办局包括区发改委、区经委、区财政局、区人社局等。" },
  { clauses: DUTIES, statement: "具体负责的是区科委。" },
  { clauses: NUCLEIC, statement: "文件提出加快推进生命信使生物医药产业基地、杭发核酸技术中心等项目建设。" },
  { clauses: MEDICINE, statement: "聚焦合成生物，文件提出加快推进建设临港未来产业园。" },
  {
    clauses: MEDICINE,
    statement: "中医药方面，推进建设东方美谷中医药产业共享交流平台、中医药产业研发基地等。",
  },
  {
    clauses: VEHICLES,
    statement: "围绕新能源智能网联汽车和汽车零配件领域，加快建设一批车路协同等首测试场景。",
  },
  {
    clauses: EVENTS,
    statement: "文件提出持续举办“国际化妆品大会”、“东方美谷生命健康论坛暨CDMO产业投资发展大会”等高能级活动。",
  },
  {
    clauses: ONLINE,
    statement: "政务服务方面，文件提出打造“一网通办”智慧好办2.0版，创新“一码通”服务数字化示范场景。",
  },
  { clauses: ONLINE, statement: "完善企业服务“三接（产业接续、政策接力、空间接应）”机制。" },
  {
    clauses: PREAMBLE,
    statement:
      "方案依据《关于推进张江高新区改革创新发展建设世界领先科技园区的若干意见》（沪府办规〔2023〕23号）等文件精神制定。",
  },
  { clauses: "对象", statement: "对首次通过评审的企业，一次性给予不超过20万元的创新券额度。" },
  { clauses: "对象", statement: "创业团队的创新券额度不超过5万元。" },
  { clauses: "对象", statement: "支持对象为在本区注册、具有独立法人资格的科技型中小企业和创业团队。" },
  { clauses: "对象", statement: "同一企业每年申请不得超过两次。" },
  { clauses: "禁止", statement: "创新券不得转让、赠送或者重复使用。" },
  { clauses: "禁止", statement: "创新券的有效期为12个月，逾期自动失效。" },
  {
    clauses: "申请",
    statement: "申请时间为每年3月1日至4月30日，申请单位应登录青禾科创服务平台提交申请材料。",
  },
  { clauses: "申请", statement: "区科技局会同区财政局在受理之日起15个工作日内完成审核。" },
  { clauses: "鼓励", statement: "文件鼓励高校院所向本区企业开放大型科研仪器，支持企业牵头组建创新联合体。" },
  {
    clauses: "补助",
    statement:
      "对年度研发费用超过500万元且同比增长10%以上的企业，按新增研发费用的8%给予补助，最高不超过100万元。",
  },
  { clauses: "补助", statement: "第二年的补助比例为5%，最高不超过五十万元。" },
  { clauses: "联系", statement: "咨询电话：021-00001234，电子邮箱：kechuang@qinghe.example。" },
  { clauses: "施行", statement: "该办法自2025年7月1日起施行，有效期至2027年6月30日。" },
  { clauses: "施行", statement: "《青禾区创新券管理办法》（青科规[2022]6号）同时废止。" },
  { clauses: "施行", statement: "办法由区科技局负责解释。" },
];
