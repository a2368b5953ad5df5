import { describe, expect, it } from "vitest";
import { isHandOver, readHandOver } from "../../src/conversation/tickets/read-hand-over.ts";

const POSITIVE = `
转人工
转人工！
人工
人工客服
人工服务
我要转人工
请转人工
帮我转人工
能不能转人工
转接人工客服
接人工
转真人
有真人吗
有没有人工客服
怎么转人工
如何联系人工客服
找专员
找个专员
联系专员
转专员
我要找专员
帮我找一下专员
找一下企业服务专员
请安排专员联系我们
能不能找个人对接一下
能不能找个人跟我们对接一下厂房的事
可以找个人帮我们看看吗
想找个懂政策的人问问
有没有老师能帮我看看
有没有老师可以帮我们讲讲
有没有人能帮我解答一下
有没有工作人员可以跟我们对接一下
我想跟工作人员谈谈
我们想和负责人当面沟通
我要见你们领导
叫你们经理来
让工作人员联系我
请人联系我们
请尽快联系我们
麻烦给我回个电话
能不能安排人上门看看
希望有人跟我们对接一下
这个政策我看不懂，能不能找个人帮我讲讲怎么申请
情况比较复杂，转人工吧
我不想跟机器人聊了
别让机器人回复我
提交工单
我要提个工单
帮我登记一个工单
帮我把这个问题转给区科委处理
转交给相关部门处理吧
投诉
我要投诉
我要投诉物业乱收费
我要投诉！窗口三次都不收材料
我们想举报隔壁厂夜里偷排
投诉一下你们的办事窗口
举报旁边工厂排放异味
我要反映一个问题，园区路灯坏了两个月
反映个情况：我们的材料交了没回音
补贴申请交上去两个月没人回复
打了十几次电话没人接
几个部门互相推诿
窗口态度太差了
你们服务态度恶劣
我不知道该找谁，能不能找个人对接一下
你好，我想找人工
您好，请帮忙找个老师
转人工，我想问厂房租金补贴怎么申请
还是找个人来帮我们办吧
可以让专人跟我们对接吗，我们准备扩产
can I talk to a person
Can I speak with someone about our lease?
I want to talk to a human
please connect me to a specialist
Could someone call me back?
I need a real person
we would like to make a complaint
I'd like to file a complaint about the property manager
Can somebody help us with the application?
Please contact us
open a ticket
human please
我要投诉物业违反规定乱收费
领导好，我们想请你们派人来厂里看一下
我想和专员聊聊
让专员联系我
叫专员来
请专员回电
找人工客服问一下
我要人工
要人工
需要人工
接入人工
人工客服在吗
有没有人工服务
帮我转一下人工
可以转人工不
转人工可以吗
请帮我们对接一位负责招商的同志
希望园区能派专人跟我们对接
能否安排工作人员与我们面谈
我要找你们负责人
联系一下负责人
我们的申报被卡了，希望有人协调
这件事一直没人理
窗口工作人员态度恶劣
你们的人一直不回我消息，我要投诉
帮我找个专员对接厂房
麻烦安排一位专员跟进一下
有没有专员能帮我对接
我想要人工服务
给我转人工吧谢谢
人工在吗
有人工吗？
能接人工吗
我们想约一位负责人聊聊落户的事
请问可以联系到你们的工作人员吗
能不能给个人联系一下
想让你们派人来厂里看看
可以安排专人对接吗
请派专员上门服务
找个活人跟我说话
我要跟真人说
能否请区科委的同志和我们联系
我想咨询人工
这事能不能找位领导协调一下
帮忙转给相关部门处理一下
请帮我反映给园区管委会处理
我要投诉你们的客服
我们公司要投诉供电问题
投诉：楼上天天施工噪音太大
举报附近工厂夜里偷排废水
催了好几次都没人处理
申请提交一个月了没人管
你们这是踢皮球
回答不了就转人工
答非所问，我要找人
机器人答得不对，给我换人工
这个太复杂了，想请专业老师帮我们看一下材料
有没有老师能指导一下申报书
能不能请人帮我们看看申报材料
希望尽快有人联系我们
请给我们打个电话
麻烦尽快回电给我
我需要人帮忙处理合同纠纷
有没有人可以帮我们处理一下
提一个工单
帮我建个工单，厂房漏水
i want to speak to a human agent
could you please have someone contact us
connect me with an officer please
is there a person I can talk to?
I would like to talk with your staff
please escalate this to a specialist
can you get someone to call me
get me a human
I need to speak with a representative
`;

const NEGATIVE = `
找谁申请
这个补贴找谁申请？
应该联系哪个部门
哪个部门负责人才公寓
这项政策由哪个部门负责
由谁负责解释
谁来对接企业
专员制度是什么
什么是服务专员
服务专员的职责是什么
企业服务专员有哪些服务
是否建立企业服务专员制度
园区有没有服务专员制度
园区是否有专人负责
园区有专员吗
重点企业是否配备服务专员
文件里提到的服务专员怎么配
三接服务是什么
一站式服务包括哪些环节
有什么基金可以对接
天使轮项目有什么基金可以对接？
能不能对接投资机构
产学研对接机制是什么
怎么对接高校资源
人工智能产业有什么支持
人工智能企业能申请什么
我们想转人工智能方向，有支持吗
转人工智能赛道有补贴吗
人工智能大模型有没有算力补贴
想要人工智能方面的扶持
人工骨材料算医疗器械吗
人工关节产业化有支持吗
人工成本太高有补贴吗
人工皮肤研发能申报吗
我们做人工心脏瓣膜，能申请什么
怎么投诉
投诉电话是多少
投诉渠道有哪些
在哪里投诉
如何举报环境违法
举报电话
投诉举报由哪个部门受理
投诉处理时限是多久
投诉机制是怎样的
消费者投诉量对评价有影响吗
找人才有什么政策
引进人才有什么补贴
我们要找人才公寓
想找个孵化器入驻
想找厂房
帮我找一下天使基金的条款
帮我找一下人才政策
帮我看看我们能申请什么
能不能帮我匹配一下
能不能申请创新券
可以申请高企吗
请问高新技术企业认定需要什么条件
请问负责人要不要本科学历
申请需要指定联系人吗
申报要填联系人电话吗
项目负责人的年龄有限制吗
项目负责人需要什么条件
法定代表人是外籍能申请吗
外籍老师能申请人才公寓吗
导师制是什么
企业要不要设专人管理研发费用
科技特派员怎么申请
知识产权专员需要什么资格
政策专员培训有补贴吗
客服外包企业有什么支持
客服中心建设有补贴吗
呼叫中心企业能享受什么政策
做智能客服的企业能申请什么
人才落户要多久
人力资源公司有补贴吗
人社局的补贴怎么领
领导小组由哪些单位组成
领军人才怎么评
谁可以申报重点企业
工作人员有多少
你们服务的对象是哪些
服务态度考核怎么做
有人才公寓吗
有没有人才引进补贴
有没有给初创企业的补贴
有没有针对老师创业的政策
联系方式是什么
联系电话多少
咨询电话
在哪里办理
怎么办理
接续服务是什么意思
产业接续怎么做
转让厂房怎么办理
转型升级有什么支持
转化医学有布局吗
派出机构在哪
我们公司30人，做化妆品
没人才怎么办，有什么支持
反馈意见怎么提交
征求意见的反馈渠道
提意见的邮箱是什么
意见征集什么时候截止
工单是什么
12345工单怎么转办
服务热线是多少
who should I contact to apply
Which department is responsible for talent housing?
What is the specialist system?
Who can I talk to about funding?
how do I file a complaint
Is there a complaint hotline?
Can a person apply for the housing subsidy?
Can a startup with ten people apply?
What does the plan say about people and talent?
Do you support human genome research?
We need talent
human resources subsidies
What are the requirements for specialist companies?
Can I apply for the angel fund?
Please help me find the policy
奉贤园的管理机构是什么
园区由谁管理
推进工作的责任单位
人才服务专员有哪些服务内容
“贤才”服务专员制度
有没有一对一的服务
一对一服务专员怎么申请
请介绍区科委的职责
我想了解服务专员机制
想了解一下人工智能政策
帮我找人才补贴的条款
帮我联系方式查一下
给我看看人才政策
可以给个人发补贴吗
补贴是给企业还是给个人
奖励给个人的话要交税吗
专人专班推进是什么意思
工作专班由谁牵头
项目经理能申请人才公寓吗
我们经理是外籍，能落户吗
我们领导想了解上市支持
我们老板让我问一下基金的事
领导让我问问有什么补贴
我们老师是博导，有支持吗
和高校老师联合申报可以吗
需要人社局盖章吗
需要人员社保证明吗
需要专人负责研发吗
园区安排专人对接吗
有专人对接吗
是不是每家企业都有专员
请问专员什么时候上班
不作为的认定标准
乱收费怎么处罚的规定在哪
被推诿怎么办有什么机制
企业联系人变更怎么办理
联系人信息怎么修改
项目申报的联系人是谁
园区服务专员的联系方式
专员的电话是多少
重点企业服务专员是怎么配备的
“一企一专员”是什么
科技专员和金融专员有什么区别
能否申请服务专员
领导小组办公室设在哪里
负责人是谁
谁是园区负责人
这个政策的负责单位是哪家
有没有专门的人才政策
有没有专人专岗要求
我们想引进一位海外专家，有支持吗
我们要招人，有招聘补贴吗
想找人合作研发，有平台吗
想请高校老师来做技术顾问，有补贴吗
想跟高校老师合作，有什么政策
能不能和医院合作开展临床研究
能和大企业对接供应链吗
如何与投资人对接
怎么联系天使基金
想约投资机构路演，园区有活动吗
想要人才公寓，怎么申请
请问人才公寓要排队多久
给我们员工申请人才公寓
给我推荐几个基金
给我介绍一下这个政策
请介绍一下三接服务
请列出人才政策
帮我查一下张江奉贤园有哪些子园
帮我写一份申请书
帮我总结一下方案
能不能帮忙看看我们符合条件吗
可以请你解释一下“专精特新”吗
老师创业能享受什么
导师有补贴吗
创业导师怎么配
可以派人参加培训吗
企业能不能派员工参加大赛
让企业少跑腿的措施有哪些
让人才安心的政策
客服系统软件能申请软件补贴吗
我们做客服机器人，能申请什么
人工智能和机器人有支持吗
人工晶体是三类器械吗
转人才引进窗口在哪
转贷怎么办理
投诉类事项的牵头部门
投诉举报制度有哪些规定
如何避免被举报
处理投诉的流程
信访和投诉有什么区别
知识产权投诉怎么处理
电商平台投诉侵权怎么应对
消费者投诉化妆品过敏怎么处理
被人投诉了怎么办
没人才、没资金，有什么支持
服务态度
有哪些服务
园区有哪些人可以申请补贴
什么人能申请人才公寓
哪些人属于高层次人才
个人能申请吗
个人怎么申请人才补贴
法人可以申请吗
团队里有外国人能申请吗
公司有几个人才能申请
需要多少人参保
who is in charge of the program
what kind of specialist talent is supported
does the park offer a dedicated person for each company?
how many people are needed
can foreign staff get housing
can a person without a degree apply
we want people with AI skills, is there support
do I need to talk to the tax bureau
is there someone responsible for each sub-park?
`;

function lines(table: string): string[] {
  return table.split("\n").filter((line) => line.trim() !== "");
}

describe("words that ask for a person", () => {
  it("has a broad table", () => {
    expect(lines(POSITIVE).length).toBeGreaterThanOrEqual(60);
    expect(lines(NEGATIVE).length).toBeGreaterThanOrEqual(80);
  });

  it.each(lines(POSITIVE))("hands over: %s", (text) => {
    expect(isHandOver(text)).toBe(true);
  });

  it.each(lines(NEGATIVE))("leaves alone: %s", (text) => {
    expect(readHandOver(text)).toBeUndefined();
  });

  it("tells a bare wish from one that says the matter", () => {
    expect(readHandOver("找专员")?.bare).toBe(true);
    expect(readHandOver("能不能找个人对接一下")?.bare).toBe(true);
    expect(readHandOver("你好，有没有老师能帮我看看")?.bare).toBe(true);
    expect(readHandOver("can I talk to a person")?.bare).toBe(true);
    expect(readHandOver("转人工，我想问厂房租金补贴怎么申请")?.bare).toBe(false);
    expect(readHandOver("能不能找个人跟我们对接一下厂房的事")?.bare).toBe(false);
    expect(readHandOver("我要投诉物业乱收费")).toEqual({ kind: "complaint", bare: false });
  });
});

describe("the cost of reading", () => {
  it.each([
    ["wishes", `${"请给我想要希望能".repeat(240)}找`],
    ["measures", "个位一个你们的".repeat(250)],
    ["attributes", `请找${"负责的的的熟悉".repeat(280)}`],
    ["English words", `${"a real live actual human ".repeat(79)}!`],
    ["courtesies", "谢谢你好吗可以吗".repeat(240)],
  ])("stays bounded for many %s", (_name, text) => {
    expect(() => readHandOver(text)).not.toThrow();
  });
});
