import type { FalseCase, GroundingCase } from "./grounding-sources.ts";

/**
 * A second set over other paragraphs, written when the checks stood. At first contact 5 of 60 true statements failed
 * and 8 of 96 false ones passed; what those showed was mended, so that it is a calibration set now.
 */
const MISSION = "plan:以习近平新时代中国特色社会主义思想为指导";
const CHAINS = "plan:四链”融合";
const GOALS = "plan:日均新增科技企业30家";
const SCALE = "plan:园区产业规模达千亿级以上";
const VALLEYS = "plan:双谷联动进一步深化";
const HEALTH = "plan:一核两极";
const BEAUTY = "plan:药明生物、欧莱雅";
const NUCLEIC = "plan:杭发核酸技术中心";
const FRONTIER = "plan:临港未来产业园";
const DIGITAL = "plan:边缘计算中心";
const VEHICLES = "plan:车路协同";
const MACHINES = "plan:西渡版块";
const MATERIALS = "plan:盛虹先进材料研究院";
const CHEMICALS = "plan:密尔克卫芯片";
const POLYMERS = "plan:尼伦化学TPU";
const MEMBRANES = "plan:高端膜材料研发及生产策源地";
const LEADERS = "plan:瞄准细分赛道";
const POTENTIAL = "plan:一企一策";
const TALENT_EXCHANGE = "plan:实行一事一议";
const UNION = "plan:医企联盟";
const SERVICES = "plan:保税研发设计中心";
const LISTING = "plan:支持企业多渠道上市";
const BRAND = "plan:BIGBANG";
const EVENTS = "plan:国际化妆品大会”、“东方美谷生命健康论坛";
const DUTIES = "plan:区科委具体负责";
const POLICY = "plan:落实园区具体实施细则";
const PUBLICITY = "plan:常态化宣传引导机制";
const STATISTICS = "plan:管办评";
const HOUSING = "plan:租购并举";
const ANGEL = "plan:设立天使投资引导基金";

export const HELD_OUT_TRUE: readonly GroundingCase[] = [
  {
    clauses: MISSION,
    statement: "文件提出深入实施“基金+基地”产业政策，建设高质量孵化器，引进培育一批龙头企业、高增长企业。",
  },
  { clauses: CHAINS, statement: "奉贤园聚焦生命健康、高端装备、未来材料三大特色产业方向。" },
  { clauses: CHAINS, statement: "“四链”是指产业链、创新链、要素链和政策链。" },
  {
    clauses: GOALS,
    statement: "文件设定的目标是到2026年，三大特色产业人才规模达到6万，日均新增科技企业30家。",
  },
  { clauses: GOALS, statement: "孵化器的数量目标为：到2026年，力争建成高质量孵化器1家。" },
  { clauses: SCALE, statement: "到2026年，园区产业规模的目标是达千亿级以上。" },
  { clauses: SCALE, statement: "文件提出到2026年三大特色产业总规模要占全区70%以上。" },
  { clauses: VALLEYS, statement: "文件着力推进东方美谷和张江药谷加大协作、联动发展。" },
  {
    clauses: VALLEYS,
    statement: "双谷联动方面，通过进一步优化空间资源，更好承接“张江研发+奉贤制造”产业项目落地奉贤园。",
  },
  {
    clauses: HEALTH,
    statement: "生命健康产业形成“一核两极”新产业发展格局，其中东方美谷美丽健康产业园为核心研发区。",
  },
  { clauses: HEALTH, statement: "上海市工业综合开发区为产业创新发展活力区。" },
  { clauses: BEAUTY, statement: "文件点到的行业龙头企业包括药明生物、欧莱雅、资生堂。" },
  { clauses: BEAUTY, statement: "化妆品方面，文件提出着力推进化妆品原材料创新，努力打造千亿级产业集群。" },
  { clauses: NUCLEIC, statement: "基因和核酸药物重点瞄准新型疫苗、核酸基因疗法、小核酸药物等产业方向。" },
  {
    clauses: FRONTIER,
    statement: "合成生物方面，加快推进建设临港未来产业园，推动合成生物领域各类创新资源要素集聚。",
  },
  {
    clauses: FRONTIER,
    statement: "文件将AI药物发现、数字医疗、合成生物、基因治疗、细胞治疗、现代中医药列为前沿新兴领域。",
  },
  { clauses: DIGITAL, statement: "加快推进边缘计算中心、云服务中心等数字基础建设。" },
  {
    clauses: DIGITAL,
    statement: "数智经济聚焦公共软件、大数据、云计算、物联网、区块链、网络安全等产业方向。",
  },
  {
    clauses: VEHICLES,
    statement: "新能源汽配产业以工业综合开发区、临港南桥智行生态谷、奉贤中车交通·绿脉智谷等载体为重点依托。",
  },
  { clauses: VEHICLES, statement: "文件提出加强与临港集团、上海交通大学等机构的多方合作。" },
  { clauses: MACHINES, statement: "重大装备产业以工业综合开发区、西渡版块为重点依托。" },
  { clauses: MATERIALS, statement: "未来材料产业以奉贤化工新材料产业园为主要载体。" },
  { clauses: MATERIALS, statement: "文件提出充分发挥盛虹先进材料研究院等研发机构的创新研发功能。" },
  {
    clauses: CHEMICALS,
    statement: "电子化学品方面聚焦高纯试剂、电子特种气体、光刻胶、电子粘合剂等重点领域。",
  },
  { clauses: CHEMICALS, statement: "着力推进阿拉丁试剂高纯度科研试剂研发中心等平台建设。" },
  { clauses: POLYMERS, statement: "重点推进尼伦化学TPU高性能粒子、安谱高端试剂标准品等创新研发项目。" },
  {
    clauses: MEMBRANES,
    statement: "高端膜材料聚焦新能源用高端膜、高端显示屏用膜、医疗用膜、水处理、工业膜材料等领域。",
  },
  { clauses: LEADERS, statement: "文件提出加快集聚一批头部企业、隐形冠军企业、“链主”企业。" },
  { clauses: LEADERS, statement: "引进和培育更多“链主”企业，引领科技中小企业加速成长。" },
  {
    clauses: POTENTIAL,
    statement: "对本土企业，文件提出形成重点企业培育名单，采取“一企一策”方式予以精准支持。",
  },
  { clauses: TALENT_EXCHANGE, statement: "对引进的顶尖人才，其特殊需求实行一事一议。" },
  { clauses: TALENT_EXCHANGE, statement: "文件提出对引进人才和科研团队给予服务保障。" },
  { clauses: TALENT_EXCHANGE, statement: "鼓励奉贤园相关人员到张江挂职锻炼、参加专项培训。" },
  { clauses: UNION, statement: "医企联盟由区内30余家优质企业和医疗机构组成。" },
  {
    clauses: UNION,
    statement:
      "高校院所方面，文件提到华东理工大学、上海应用技术大学等八家在奉高校及复旦大学、上海交通大学、华东师范大学。",
  },
  {
    clauses: SERVICES,
    statement: "检测方面，文件提出加快推进东方美谷天然原料创新研发及检测鉴定中心等平台建设。",
  },
  {
    clauses: SERVICES,
    statement: "产品注册方面，文件提出进一步完善优化东方美谷生物医药产品注册指导服务站。",
  },
  { clauses: LISTING, statement: "支持的上市方式包括境内IPO、境外主要资本市场上市等。" },
  {
    clauses: LISTING,
    statement: "文件支持企业多渠道上市，支持区内企业通过资产重组形式上市，鼓励企业挂牌和转板上市。",
  },
  { clauses: BRAND, statement: "文件提出在国内外重点城市举办主题推介和精准对接活动。" },
  { clauses: BRAND, statement: "加强与园区龙头企业合作，持续扩大美妆科技创造营挑战赛的品牌影响力。" },
  {
    clauses: EVENTS,
    statement: "文件提出主动承接“中医药与天然药物国际大会”、“上海国际生物技术与医药研讨会”等产业峰会。",
  },
  { clauses: DUTIES, statement: "园区管理由区科技发展促进中心落实推进，区科委具体负责。" },
  { clauses: DUTIES, statement: "文件提出成立相关领导小组，由区主要领导牵头。" },
  {
    clauses: POLICY,
    statement:
      "文件提出加快推进落实园区具体实施细则，在创新管理、科技服务、金融扶持、人才服务等方面形成配套衔接制度。",
  },
  { clauses: POLICY, statement: "鼓励企业加强科技战略顶层设计，加大设备更新和技改投入。" },
  {
    clauses: PUBLICITY,
    statement: "宣传方面，文件将“东方美谷”、“国际化妆品大会”等特色品牌的宣传推介工作纳入宣传工作重点。",
  },
  { clauses: STATISTICS, statement: "文件提出建立奉贤园与下属子园发展的评估指标体系，推进“管办评”分离。" },
  { clauses: "对象", statement: "企业首次通过评审的，一次性给予不超过20万元的创新券额度。" },
  { clauses: "对象", statement: "创业团队可以关注：办法对创业团队给予不超过5万元的创新券额度。" },
  { clauses: "禁止", statement: "该办法明确创新券不得用于日常经营支出，外省市企业不予支持。" },
  { clauses: "申请", statement: "审核结果公示5个工作日。" },
  { clauses: "申请", statement: "审核由区科技局会同区财政局在受理之日起15个工作日内完成。" },
  { clauses: "鼓励", statement: "情况特殊的，可视情给予延期。" },
  { clauses: "鼓励", statement: "办法提出探索设立科技保险补偿机制。" },
  { clauses: "补助", statement: "补助对象为年度研发费用超过500万元且同比增长10%以上的企业。" },
  {
    clauses: "补助",
    statement:
      "年度研发费用超过500万元且同比增长10%以上的企业，补助比例为新增研发费用的8%，最高不超过100万元。",
  },
  { clauses: "联系", statement: "窗口的咨询电话为021-00001234。" },
  { clauses: "施行", statement: "本办法有效期至2027年6月30日，由区科技局负责解释。" },
  { clauses: "施行", statement: "办法从2025年7月1日起施行。" },
];

export const HELD_OUT_FALSE: readonly FalseCase[] = [
  { clauses: GOALS, statement: "到2026年，三大特色产业人才规模达到6.5万。", problem: ["figure"] },
  { clauses: GOALS, statement: "到2026年，三大特色产业人才规模达到六千。", problem: ["figure"] },
  { clauses: GOALS, statement: "到2026年，五大特色产业人才规模达到6万。", problem: ["figure"] },
  { clauses: GOALS, statement: "到2026年，高质量孵化器达到30家。", problem: ["figure"] },
  { clauses: GOALS, statement: "到2026年，力争日均新增科技企业1家。", problem: ["figure"] },
  { clauses: GOALS, statement: "力争建成高质量孵化器至少1家。", problem: ["qualifier"] },
  { clauses: GOALS, statement: "到2026年，年均新增科技企业30家。", problem: ["qualifier"] },
  { clauses: GOALS, statement: "到2026年底前，建成高质量孵化器1家。", problem: ["qualifier", "date"] },
  { clauses: GOALS, statement: "2024年三大特色产业人才规模达到6万。", problem: ["date", "figure"] },
  { clauses: GOALS, statement: "到2026年，三大特色产业企业规模达到6万。", problem: ["figure"] },
  { clauses: SCALE, statement: "到2026年，园区产业规模达百亿级以上。", problem: ["figure"] },
  {
    clauses: SCALE,
    statement: "到2026年，三大特色产业总规模占全市70%以上。",
    problem: ["unsupported", "figure"],
  },
  { clauses: SCALE, statement: "到2026年，三大特色产业总规模占全区70%以下。", problem: ["qualifier"] },
  { clauses: SCALE, statement: "到2026年，三大特色产业总规模达70亿元以上。", problem: ["figure"] },
  { clauses: SCALE, statement: "到2030年，园区产业规模达千亿级以上。", problem: ["date"] },
  { clauses: SCALE, statement: "到2026年，“独角兽”“隐形冠军”企业至少2家。", problem: ["qualifier"] },
  {
    clauses: SCALE,
    statement: "到2026年，“独角兽”企业超过2家，“隐形冠军”企业超过70家。",
    problem: ["figure"],
  },
  { clauses: UNION, statement: "集合区内300余家优质企业和医疗机构组成医企联盟。", problem: ["figure"] },
  {
    clauses: UNION,
    statement: "与华东理工大学、上海应用技术大学等八所在奉高校产教融合合作。",
    problem: ["figure"],
  },
  { clauses: UNION, statement: "集合区内近30家优质企业和医疗机构组成医企联盟。", problem: ["qualifier"] },
  { clauses: POLYMERS, statement: "瞄准特种工程塑料和高端聚烯烃塑料三大领域。", problem: ["figure"] },
  { clauses: BEAUTY, statement: "努力打造千亿元产业集群。", problem: ["figure"] },
  { clauses: BEAUTY, statement: "打造千亿级产业集群。", problem: ["qualifier", "strength"] },
  {
    clauses: "对象",
    statement: "对首次通过评审的企业，每年给予不超过20万元的创新券额度。",
    problem: ["qualifier", "date"],
  },
  {
    clauses: "对象",
    statement: "对首次通过评审的企业，一次性给予超过20万元的创新券额度。",
    problem: ["qualifier"],
  },
  { clauses: "对象", statement: "对企业一次性给予不超过20万元的创新券额度。", problem: ["qualifier"] },
  { clauses: "对象", statement: "对创业团队，给予不超过5亿元的创新券额度。", problem: ["figure"] },
  { clauses: "对象", statement: "同一企业每年申请不得超过2家。", problem: ["figure"] },
  {
    clauses: "补助",
    statement: "对年度研发费用超过500万元且同比增长10%以上的企业，给予100万元补助。",
    problem: ["qualifier"],
  },
  {
    clauses: "补助",
    statement: "补助对象为年度研发费用超过500万元且同比增长8%以上的企业。",
    problem: ["figure"],
  },
  {
    clauses: "补助",
    statement: "补助对象为年度研发费用不超过500万元且同比增长10%以上的企业。",
    problem: ["qualifier"],
  },
  { clauses: "补助", statement: "第三年补助比例为5%。", problem: ["figure"] },
  { clauses: "申请", statement: "审核结果公示7个工作日。", problem: ["figure"] },
  {
    clauses: "申请",
    statement: "区科技局会同区财政局在受理之日起5-15个工作日内完成审核。",
    problem: ["figure"],
  },
  {
    clauses: "申请",
    statement: "申请单位应于每年4月1日至4月30日登录青禾科创服务平台提交申请材料。",
    problem: ["date"],
  },
  {
    clauses: "申请",
    statement: "申请单位应于2026年3月1日至4月30日登录青禾科创服务平台提交申请材料。",
    problem: ["date"],
  },
  { clauses: "申请", statement: "申请单位应于每季度登录青禾科创服务平台提交申请材料。", problem: ["date"] },
  { clauses: "施行", statement: "本办法自2025年7月1日起施行，有效期三年。", problem: ["figure"] },
  { clauses: "施行", statement: "本办法自2025年7月1日起废止。", problem: ["date"] },
  { clauses: "施行", statement: "《青禾区创新券管理办法》自2027年6月30日起同时废止。", problem: ["date"] },
  {
    clauses: "施行",
    statement: "《青禾区科创券管理办法》（青科规〔2022〕6号）同时废止。",
    problem: ["quote"],
  },
  {
    clauses: "施行",
    statement: "《青禾区创新券管理办法》（青科发〔2022〕6号）同时废止。",
    problem: ["identifier"],
  },
  { clauses: "施行", statement: "本办法由区财政局负责解释。", problem: ["name", "party"] },
  { clauses: "联系", statement: "咨询电话：(021)00001243。", problem: ["identifier", "figure"] },
  { clauses: "联系", statement: "咨询电话：00001234-8。", problem: ["identifier", "figure"] },
  {
    clauses: "联系",
    statement: "地址：青禾区云杉路88号2楼。",
    problem: ["identifier", "figure", "unsupported"],
  },
  { clauses: "联系", statement: "地址：青禾区青松路88号3楼。", problem: ["unsupported", "name"] },
  { clauses: "联系", statement: "电子邮箱：kechuan@qinghe.example。", problem: ["identifier"] },
  { clauses: DUTIES, statement: "区科委具体负责，联系人为王老师。", problem: ["unsupported"] },
  {
    clauses: DUTIES,
    statement: "下属各子园及相关委办局（包括区发改委、区商务委等）进行配合。",
    problem: ["name", "unsupported"],
  },
  { clauses: DUTIES, statement: "由区主要领导具体负责。", problem: ["party"] },
  { clauses: DUTIES, statement: "区科技发展促进中心牵头推进园区管理各项事宜。", problem: ["party"] },
  { clauses: DUTIES, statement: "区发改委落实推进园区管理各项事宜。", problem: ["party"] },
  { clauses: SERVICES, statement: "加快推进保税研发设计及检测鉴定中心等平台建设。", problem: ["name"] },
  {
    clauses: SERVICES,
    statement: "推进国家级生物医药领域知识产权快速维权中心建设。",
    problem: ["name", "unsupported"],
  },
  { clauses: SERVICES, statement: "完善优化东方美谷质量品牌发展促进中心。", problem: ["name"] },
  { clauses: SERVICES, statement: "已完善优化东方美谷化妆品注册备案服务站。", problem: ["strength"] },
  {
    clauses: SERVICES,
    statement: "东方美谷天然原料创新研发及检测鉴定中心已投入使用。",
    problem: ["strength"],
  },
  { clauses: SERVICES, statement: "建成国家级化妆品领域知识产权快速维权中心。", problem: ["strength"] },
  { clauses: NUCLEIC, statement: "杭发核酸技术中心目前有多个项目。", problem: ["strength", "date"] },
  { clauses: NUCLEIC, statement: "加快推进兆维生命信使生物医药产业基地建设。", problem: ["name"] },
  { clauses: FRONTIER, statement: "布局开展AIGC药物发现等前瞻性、变革性技术探索和研发。", problem: ["name"] },
  {
    clauses: FRONTIER,
    statement: "建设东方美谷中医药产业共享交流平台、中医药产业研发基地。",
    problem: ["strength"],
  },
  { clauses: VEHICLES, statement: "与临港集团、同济大学等机构开展多方合作。", problem: ["name", "strength"] },
  { clauses: VEHICLES, statement: "具有全国影响力的新能源汽配产业基地已经形成。", problem: ["strength"] },
  { clauses: VEHICLES, statement: "打造具有全国影响力的新能源汽配产业基地。", problem: ["strength"] },
  {
    clauses: CHEMICALS,
    statement: "建设密尔克卫芯片半导体电子化学品供应链一体化平台。",
    problem: ["strength"],
  },
  {
    clauses: CHEMICALS,
    statement: "着力推进阿拉丁芯片半导体电子化学品供应链一体化平台建设。",
    problem: ["name"],
  },
  { clauses: POTENTIAL, statement: "对入选重点企业培育名单的企业给予资金支持。", problem: ["unsupported"] },
  { clauses: POTENTIAL, statement: "采取“一业一策”方式予以精准支持。", problem: ["quote"] },
  {
    clauses: TALENT_EXCHANGE,
    statement: "对所有引进人才特殊需求实行一事一议。",
    problem: ["unsupported", "promise"],
  },
  { clauses: TALENT_EXCHANGE, statement: "支持奉贤园相关人员到张江挂职锻炼。", problem: ["strength"] },
  {
    clauses: TALENT_EXCHANGE,
    statement: "鼓励张江相关人员到奉贤园挂职锻炼。",
    problem: ["party", "unsupported"],
  },
  { clauses: LISTING, statement: "不鼓励企业挂牌和转板上市。", problem: ["negation"] },
  { clauses: LISTING, statement: "支持企业到北交所上市。", problem: ["unsupported", "name"] },
  { clauses: LISTING, statement: "对境内IPO企业给予上市奖励。", problem: ["unsupported"] },
  { clauses: LISTING, statement: "文件提出“支持企业多渠道上市，包括境外IPO企业”。", problem: ["quote"] },
  {
    clauses: BRAND,
    statement: "持续扩大“BIGBANK”美妆科技创造营挑战赛的品牌影响力。",
    problem: ["quote", "name"],
  },
  {
    clauses: BRAND,
    statement: "突出生物医药、大健康产业特色，每年在国内外重点城市举办主题推介和精准对接活动。",
    problem: ["date"],
  },
  {
    clauses: EVENTS,
    statement: "持续举办“中医药与天然药物国际大会”。",
    problem: ["strength", "unsupported", "party"],
  },
  { clauses: EVENTS, statement: "主动承接“上海国际生物技术与医药研讨会议”。", problem: ["quote"] },
  { clauses: POLICY, statement: "已出台园区具体实施细则。", problem: ["strength", "unsupported"] },
  { clauses: POLICY, statement: "鼓励企业加大设备更新和技改投入，并给予补贴。", problem: ["unsupported"] },
  {
    clauses: STATISTICS,
    statement: "建立奉贤园与下属子园发展的评估指标体系，并与财政补贴挂钩。",
    problem: ["unsupported"],
  },
  {
    clauses: HOUSING,
    statement: "加快实施人才安居工程，人才可免租入住。",
    problem: ["negation", "unsupported"],
  },
  { clauses: HOUSING, statement: "人才安居工程的申请入口为随申办。", problem: ["unsupported"] },
  { clauses: HOUSING, statement: "文件未提及人才安居。", problem: ["absence"] },
  {
    clauses: ANGEL,
    statement: "天使投资引导基金引导国有企业资金投向处于成熟期的企业。",
    problem: ["unsupported"],
  },
  { clauses: ANGEL, statement: "天使投资引导基金面向传统领域设立。", problem: ["unsupported"] },
  { clauses: ANGEL, statement: "产业投资基金面向前沿新兴领域设立。", problem: ["name"] },
  { clauses: ANGEL, statement: "贵企业可以获得天使投资引导基金投资。", problem: ["negation", "unsupported"] },
  { clauses: ANGEL, statement: "天使投资引导基金由区国资委管理。", problem: ["name", "unsupported"] },
  { clauses: "禁止", statement: "创新券可以重复使用。", problem: ["negation"] },
  { clauses: "禁止", statement: "创新券逾期不失效。", problem: ["negation"] },
  { clauses: "鼓励", statement: "情况特殊的，应给予延期。", problem: ["negation", "strength"] },
  {
    clauses: "鼓励",
    statement: "要求高校院所向本区企业开放大型科研仪器。",
    problem: ["strength", "unsupported"],
  },
];
