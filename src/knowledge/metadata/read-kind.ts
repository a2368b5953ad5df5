import { closeGaps } from "../reading/close-gaps.ts";
import type { DocumentKind } from "../types.ts";

/** What decides the kind of a document. */
export interface KindSources {
  title: string;
  titleOuter: string | null;
  documentNumber: string | null;
  /** It says from when or until when it is in force. */
  hasValidity: boolean;
  /** It consists of questions and answers. */
  hasQuestions: boolean;
}

const BRACKETS_AT_END = /(?:[（(〔【][^（()）]*[)）〕】]|[》”])+$/;

/** The title's last word decides first, then the 规 of the document number (an administrative normative document). */
export function readKind(sources: KindSources): DocumentKind {
  const title = closeGaps(sources.title).replace(BRACKETS_AT_END, "");
  const both = closeGaps(`${sources.titleOuter ?? ""}\n${sources.title}`);
  if (/解读|问答|答记者问|实录|一图读懂|问与答|发布会|Q&A/i.test(title) || sources.hasQuestions)
    return "问答/解读";
  if (/实施细则|细则|操作规程|实施办法细则/.test(title) && !/通知$|公告$/.test(title)) return "实施细则";
  if (
    /(?:行动方案|行动计划|三年行动|规划|规划纲要|发展纲要|工作方案|实施方案|建设方案|工作要点|计划|方案)$/.test(
      title,
    )
  )
    return "规划/行动方案";
  if (isAnnouncement(title, both)) return "通知公告";
  const isApplication = callsForApplications(title);
  if (isApplication && !isNormative(sources.documentNumber)) return "申报通知/指南";
  if (/(?:指南|指引|须知|办理流程|一次性告知|服务事项)$/.test(title)) return "申报通知/指南";
  if (isNormative(sources.documentNumber)) return "规范性文件";
  if (/(?:办法|规定|条例|规则|规程|准则|规范|章程|制度)$/.test(title)) return "规范性文件";
  if (/(?:意见|措施|政策|[一二三四五六七八九十\d]+条)$/.test(title) && sources.hasValidity)
    return "规范性文件";
  if (/(?:通知|公告|通告|公示|通报|函|批复|决定|命令|令)$/.test(both)) return "通知公告";
  return "其他";
}

const NOTICE_END = /(?:通知|公告|通告|公示|通报|决定|命令|令|函|批复)$/;
/** Ends, keeps up or puts off what others say, or tells what came of applications. */
const ANNOUNCES =
  /废止|失效|停止执行|(?:延长|延续|顺延|延期|展期|推迟)|继续(?:有效|执行|实施|施行)|暂停|中止|终止|停止|取消|撤销|结果|名单|公示|更正|窗口|地点|地址|系统(?:升级|维护|切换)/;

function isAnnouncement(title: string, both: string): boolean {
  if (NOTICE_END.test(title) && ANNOUNCES.test(title)) return true;
  return (
    /名单$/.test(title) || (/(?:名单|清单|目录|结果)$/.test(title) && /(?:通知|公告|通告|公示)\n/.test(both))
  );
}

const CALL =
  /申报(?!表|书|系统)|申请(?!表|书)|征集(?!.{0,8}意见)|遴选|认定|推荐|评审|评选|揭榜|项目指南|办事指南|申领|报名|兑现|查收|补贴|受理/;
const NO_CALL = /发放|拨付|下达|培训|辅导|宣讲|会议|抽查|检查|督查|验收|结题|评估|解读/;

/** 受理 and 认定 alone do not: the title must be that of a call or a guide for applicants. */
function callsForApplications(title: string): boolean {
  return (
    CALL.test(title) &&
    /通知|公告|通告|指南|须知|指引|查收|申请$|申报$|项目$/.test(title) &&
    !NO_CALL.test(title)
  );
}

function isNormative(documentNumber: string | null): boolean {
  return documentNumber !== null && /规(?:字|发)?〔/.test(documentNumber);
}
