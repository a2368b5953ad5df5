import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeRemoved, removePersonalData } from "../../src/triage/redact/remove-personal-data.ts";

/** Names, numbers and companies are invented. */
const GOES: readonly [kind: string, text: string, left: string][] = [
  ["phone", "电话13812345678，想问贴息", "电话〔电话〕，想问贴息"],
  ["phone", "手机１３９ １２３４ ５６７８", "手机〔电话〕"],
  ["phone", "138-1234-5678", "〔电话〕"],
  ["phone", "+86 138 1234 5678", "〔电话〕"],
  ["phone", "138,1234,5678 找我", "〔电话〕 找我"],
  ["phone", "138****5678", "〔电话〕"],
  ["phone", "电话一三八零零零零一二三四", "电话〔电话〕"],
  ["phone", "幺三八 五六七八 九零一二", "〔电话〕"],
  ["phone", "①③⑧⓪⓪①③⑧⓪⓪⓪", "〔电话〕"],
  ["phone", "座机021-57412345转801", "座机〔电话〕"],
  ["phone", "(021) 5741 2345", "〔电话〕"],
  ["phone", "电话 5741-2345", "电话 〔电话〕"],
  ["phone", "400-820-1234", "〔电话〕"],
  ["phone", "call +1 650 555 0199", "call 〔电话〕"],
  ["phone", "13812345678/13812345679", "〔电话〕/〔电话〕"],
  ["email", "发到 zhang.san@example.com 吧", "发到 〔邮箱〕 吧"],
  ["email", "li４＠ｅｘａｍｐｌｅ．ｃｏｍ", "〔邮箱〕"],
  ["id-number", "身份证310226199001011234", "身份证〔证件号码〕"],
  ["id-number", "31022619900101123x", "〔证件号码〕"],
  ["id-number", "310226 19900101 1234", "〔证件号码〕"],
  ["id-number", "310226********1234", "〔证件号码〕"],
  ["id-number", "护照E12345678", "护照〔证件号码〕"],
  ["credit-code", "统一社会信用代码91310120MA1HTEST0X", "统一社会信用代码〔信用代码〕"],
  ["credit-code", "91310120 MA1H TEST 0X", "〔信用代码〕"],
  ["bank-card", "卡号6222 0210 0112 3456 789", "卡号〔账号〕"],
  ["bank-card", "账号 1001 2345 6789 0123 456", "账号 〔账号〕"],
  ["plate", "沪A12345能进园区吗", "〔车牌〕能进园区吗"],
  ["plate", "车牌沪AD12345", "车牌〔车牌〕"],
  ["chat-id", "微信号 abc_12345", "微信号 〔社交账号〕"],
  ["chat-id", "加V：hello12345聊", "加V：〔社交账号〕聊"],
  ["chat-id", "加微信abcdef", "加微信〔社交账号〕"],
  ["chat-id", "QQ 123456789", "QQ 〔社交账号〕"],
  ["address", "奉贤区望园路100号5幢302室", "奉贤区〔地址〕"],
  ["address", "南桥镇解放东路1008弄12号", "南桥镇〔地址〕"],
  ["address", "望园路一百二十号", "〔地址〕"],
  ["address", "在3号楼502室", "在〔地址〕"],
  ["address", "庄行镇新叶村5组12号", "庄行镇新叶村〔地址〕"],
  ["address", "住在江海新村12号楼302室", "住在〔地址〕"],
  ["name", "我是张经理", "我是经理"],
  ["name", "王老师说可以", "老师说可以"],
  ["name", "联系张经理和李会计", "联系经理和会计"],
  ["name", "找李总，张工不在", "找负责人，工程师不在"],
  ["name", "张三丰老师、欧阳娜娜女士", "老师、女士"],
  ["name", "科委王主任说的", "科委主任说的"],
  ["name", "我叫李雷，想咨询", "我叫某某，想咨询"],
  ["name", "联系人：王小明", "联系人：某某"],
  ["name", "法定代表人李四。", "法定代表人某某。"],
  ["name", "我姓王，做膜材料", "我姓某，做膜材料"],
  ["name", "有事找小李", "有事找联系人"],
  ["name", "Mr. Zhang wants to apply", "Mr. 〔姓名〕 wants to apply"],
  ["name", "My name is Jane Doe", "My name is 〔姓名〕"],
  ["enterprise", "上海恒远生物科技有限公司想申请中试基地", "某企业想申请中试基地"],
  ["enterprise", "我们恒远生物想搬到奉贤", "我们企业想搬到奉贤"],
  ["enterprise", "我们是恒远生物，做化妆品", "我们是某企业，做化妆品"],
  ["enterprise", "关于设立上海恒远食品有限公司的问题", "关于设立某企业的问题"],
  ["enterprise", "恒远集团要引进集团总部", "某企业要引进集团总部"],
  ["enterprise", "母公司是深圳市蓝海控股集团股份有限公司", "母公司是某企业"],
  ["enterprise", "星河（上海）医疗器械有限公司", "某企业"],
  ["enterprise", "奉贤庄行红星五金厂要拆迁", "某企业要拆迁"],
  ["enterprise", "from ABC Biotech Co., Ltd. here", "from 〔企业名称〕 here"],
  ["link", "看https://example.com/file?token=abcdef1234", "看〔链接〕"],
  ["link", "https://pan.baidu.com/s/1abcDEF", "〔链接〕"],
  ["secret", "密码是Abc12345", "密码是〔密码〕"],
  ["birth-date", "1985年3月2日出生", "〔出生日期〕出生"],
  ["number", "受理号 1234567", "受理号 〔编号〕"],
  ["number", "专利号ZL202310123456.7", "专利号〔编号〕"],
  ["number", "工单20261123-0007", "工单〔工单号〕"],
];

const STAYS: readonly string[] = [
  "补贴3000000元，营收12345678.90元，注册资本50000000元",
  "投资13800138000元",
  "每年1000-3000万元，5000-8000平方米的厂房，人口24870895人",
  "3,000,000 和 ¥12345678",
  "2026年11月23日、2026-11-23、20261123、2024-2026年、2026-11-23 10:30:00",
  "沪科合〔2024〕7号、沪府规(2024)12号、GB/T 19001-2016",
  "请打12345热线或者119、110、120，社保问12333",
  "https://www.shanghai.gov.cn/nw12344/20240103/abc1234567.html",
  "张江的企业能来吗，张江总部、张江科学城、张江高科",
  "王府井、李子园、王者荣耀",
  "老师能享受人才安居吗，任何老师都可以，关于老师的政策",
  "提高总量，最高总额，关注一下周边总部，李总量",
  "项目经理和客户经理，基金经理、工程总监、安全总监、财务总监",
  "高级工程师和高级经理，高工怎么认定，施工方",
  "曾经理解过，经理事会审议，华东总经理，常务副主任",
  "于是经理说可以，每周经理例会，应急局",
  "股份有限公司和有限责任公司都可以吗",
  "一家科技有限公司能享受吗，想注册一家食品有限公司",
  "企业集团、大型集团、跨国集团、市属集团、集团公司",
  "上市公司并购有限合伙企业，合格境外有限合伙人",
  "我们主要做生物医药",
  "我们生物医药企业能申请什么",
  "我们园区生物医药产业",
  "我们今年新材料项目",
  "我们下游医药企业有补贴吗",
  "我们公司是做化妆品原料的",
  "建化工厂、药厂厂房、食品厂",
  "奉贤区科委、区科技发展促进中心、国家药监局、市经济信息化委",
  "个体工商户能申请吗",
  "我的微信同号，微信公众号怎么关注",
  "中央一号文件，3号线，不知道12号前能不能报，第5号窗口",
  "2026年3月2日生效",
  "百姓的事",
  "首年金融机构贷款余额",
];

describe("personal data", () => {
  test.each(GOES)("%s goes: %s", (kind, text, left) => {
    const { text: written, removed } = removePersonalData(text);
    expect(written).toBe(left);
    expect(removed.map((each) => each.kind)).toContain(kind);
  });

  test.each(STAYS)("stays: %s", (text) => {
    expect(removePersonalData(text)).toEqual({ text, removed: [] });
  });

  test("what is known of the asker goes wherever it stands", () => {
    const known = {
      names: ["赵若水", "Jane"],
      enterprises: ["上海恒远生物科技有限公司"],
      keep: ["东方美谷企业集团"],
    };
    const { text } = removePersonalData("赵若水和Jane说恒远生物、恒远公司想进东方美谷企业集团的载体", known);
    expect(text).toBe("某某和某某说某企业、某企业想进东方美谷企业集团的载体");
  });

  test("counts what went, for the reviewer", () => {
    const { removed } = removePersonalData("王老师13812345678，李老师13812345679，邮箱a@example.com");
    expect(describeRemoved(removed)).toBe("电话号码2处、电子邮箱1处、姓名2处");
  });
});

const PIECES = [
  ...GOES.map(([, text]) => text),
  ...STAYS,
  ..."王李张陈江文高于何金方程总工厂区路号，。 ：0123456789一二三".split(""),
  "经理",
  "老师",
  "有限公司",
  "集团",
  "〔电话〕",
];
const texts = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 6 })), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join(""));

/** Written apart from the code under test. */
const ALLOWED = [
  /[¥￥$€£]\s?[\d,]+(?:\.\d+)?/gu,
  /\d+(?:,\d{3})+/gu,
  /\d+\.\d+/gu,
  /(?:\d+\s?[-~]\s?)?\d[\d.]*\s?(?:元|万|亿|千|百|十|块|美|欧|日元|港|英镑|人|家|台|套|户|件|次|瓶|片|支|粒|升|%|平|㎡|亩|公|股|吨|立方|度|m2|k[gw]|rmb|cny|usd)/gu,
  /(?:投资|资本|营收|规模|额度|补贴|租金|贷款|奖励|面积|金额|收入|产值|利润|税收|纳税|预算|资产|估值|融资|费用|支出|价格|总额|销售额|产量|产能|人数)\D{0,4}\d+/gu,
  /(?<!\d)(?:19|20)\d{2}[-年/.]?\d{0,2}[-月/.]?\d{0,2}(?!\d)/gu,
  /https?:\/\/\S*gov\.cn\S*/gu,
];

describe("properties", () => {
  test("done twice it changes nothing more", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = removePersonalData(text).text;
        expect(removePersonalData(once)).toEqual({ text: once, removed: [] });
      }),
      { numRuns: 1500 },
    );
  });

  test("no long run of digits is left except amounts, days and numbers of documents", () => {
    fc.assert(
      fc.property(texts, fc.stringMatching(/^[0-9]{7,20}$/u), texts, (before, digits, after) => {
        const { text } = removePersonalData(`${before} ${digits} ${after}`);
        const rest = ALLOWED.reduce((left, allowed) => left.replace(allowed, "#"), text);
        expect(rest).not.toMatch(/\d{7,}/u);
      }),
      { numRuns: 1500 },
    );
  });

  test("hostile lengths end in good time", () => {
    for (const piece of [
      "1",
      "张",
      "1 ",
      "有限公司",
      "路1号",
      "a@",
      "王经理",
      "我们恒远生物",
      "https://a?b=",
      "-",
    ]) {
      expect(typeof removePersonalData(piece.repeat(1200)).text).toBe("string");
    }
  });
});
