/**
 * GB/T 2260 codes of registering authorities: provinces (two digits), cities (four) and districts of Shanghai and Beijing
 * (six). Names as in `knowledge/lexicon/places.yaml`; what is missing here is simply not named.
 */
const PROVINCES =
  "11北京市 12天津市 13河北省 14山西省 15内蒙古自治区 21辽宁省 22吉林省 23黑龙江省 31上海市 32江苏省 33浙江省 34安徽省 35福建省 36江西省 37山东省 41河南省 42湖北省 43湖南省 44广东省 45广西壮族自治区 46海南省 50重庆市 51四川省 52贵州省 53云南省 54西藏自治区 61陕西省 62甘肃省 63青海省 64宁夏回族自治区 65新疆维吾尔自治区 71台湾省 81香港特别行政区 82澳门特别行政区";

const CITIES =
  "1301石家庄市 1302唐山市 1401太原市 1501呼和浩特市 2101沈阳市 2102大连市 2201长春市 2301哈尔滨市 3201南京市 3202无锡市 3203徐州市 3204常州市 3205苏州市 3206南通市 3207连云港市 3208淮安市 3209盐城市 3210扬州市 3211镇江市 3212泰州市 3213宿迁市 3301杭州市 3302宁波市 3303温州市 3304嘉兴市 3305湖州市 3306绍兴市 3307金华市 3308衢州市 3309舟山市 3310台州市 3311丽水市 3401合肥市 3402芜湖市 3403蚌埠市 3405马鞍山市 3501福州市 3502厦门市 3505泉州市 3601南昌市 3701济南市 3702青岛市 3706烟台市 3707潍坊市 4101郑州市 4103洛阳市 4201武汉市 4205宜昌市 4206襄阳市 4301长沙市 4302株洲市 4401广州市 4403深圳市 4404珠海市 4406佛山市 4413惠州市 4419东莞市 4420中山市 4501南宁市 4601海口市 4602三亚市 5101成都市 5107绵阳市 5201贵阳市 5301昆明市 5401拉萨市 6101西安市 6201兰州市 6301西宁市 6401银川市 6501乌鲁木齐市";

const DISTRICTS =
  "310101黄浦区 310104徐汇区 310105长宁区 310106静安区 310107普陀区 310109虹口区 310110杨浦区 310112闵行区 310113宝山区 310114嘉定区 310115浦东新区 310116金山区 310117松江区 310118青浦区 310120奉贤区 310151崇明区 110101东城区 110102西城区 110105朝阳区 110106丰台区 110107石景山区 110108海淀区 110109门头沟区 110111房山区 110112通州区 110113顺义区 110114昌平区 110115大兴区 110116怀柔区 110117平谷区 110118密云区 110119延庆区";

const NAMES: ReadonlyMap<string, string> = new Map(
  [PROVINCES, CITIES, DISTRICTS]
    .flatMap((list) => list.split(" "))
    .map((entry) => {
      const [, code = "", name = ""] = /^(\d+)(.+)$/.exec(entry) ?? [];
      return [code, name];
    }),
);

/** `310120` → 上海市奉贤区; as far as it is known. Where somebody is registered, never where they do business. */
export function findDivision(code: string): string | null {
  const names = [code.slice(0, 2), code.slice(0, 4), code].map((part) => NAMES.get(part));
  const known = names.filter((name) => name !== undefined);
  return known.length === 0 ? null : known.join("");
}

/** Every name of the table: a test holds them to the places of the lexicon. */
export function listDivisionNames(): string[] {
  return [...NAMES.values()];
}
