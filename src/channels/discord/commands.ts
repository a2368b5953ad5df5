/** Kinds of options, by the platform's numbers. */
const SUB_COMMAND = 1;
const TEXT = 3;
const FILE = 11;

type Localised = Readonly<Record<"zh-CN" | "zh-TW", string>>;

export interface CommandOption {
  type: number;
  name: string;
  name_localizations?: Localised;
  description: string;
  description_localizations?: Localised;
  required?: boolean;
  autocomplete?: boolean;
  max_length?: number;
  choices?: { name: string; name_localizations: Localised; value: string }[];
  options?: CommandOption[];
}

export interface Command {
  type: 1;
  name: string;
  name_localizations: Localised;
  description: string;
  description_localizations: Localised;
  options?: CommandOption[];
}

const cn = (simplified: string, traditional: string): Localised => ({
  "zh-CN": simplified,
  "zh-TW": traditional,
});

function option(
  type: number,
  [name, names]: [string, Localised],
  [description, descriptions]: [string, Localised],
  more: Partial<CommandOption> = {},
): CommandOption {
  return {
    type,
    name,
    name_localizations: names,
    description,
    description_localizations: descriptions,
    ...more,
  };
}

function choice(
  value: string,
  name: string,
  names: Localised,
): NonNullable<CommandOption["choices"]>[number] {
  return { name, name_localizations: names, value };
}

const ASK: Command = {
  type: 1,
  name: "ask",
  name_localizations: cn("提问", "提問"),
  description: "Ask about the policy documents; the answer cites its sources",
  description_localizations: cn("就政策文件提问，答复附原文出处", "就政策文件提問，答覆附原文出處"),
  options: [
    option(TEXT, ["question", cn("问题", "問題")], ["Your question", cn("要问的问题", "要問的問題")], {
      required: true,
      max_length: 2_000,
    }),
    option(FILE, ["file", cn("附件", "附件")], ["A file that belongs to it", cn("相关文件", "相關檔案")]),
  ],
};

const MATCH: Command = {
  type: 1,
  name: "match",
  name_localizations: cn("匹配", "匹配"),
  description: "Which programs your company may apply for; only you see the result",
  description_localizations: cn(
    "按贵企业情况逐项比对可申报的项目，结果仅您可见",
    "按貴企業情況逐項比對可申報的項目，結果僅您可見",
  ),
  options: [
    option(
      TEXT,
      ["text", cn("企业情况", "企業情況")],
      ["Your company in a sentence or two", cn("用一两句话说说贵企业的情况", "用一兩句話說說貴企業的情況")],
      { max_length: 2_000 },
    ),
    option(
      TEXT,
      ["program", cn("项目", "項目")],
      ["Check one program only", cn("只核对某一个项目", "只核對某一個項目")],
      { autocomplete: true, max_length: 100 },
    ),
  ],
};

const PROFILE: Command = {
  type: 1,
  name: "profile",
  name_localizations: cn("企业资料", "企業資料"),
  description: "What is kept about your company; only you see it",
  description_localizations: cn(
    "查看、补充、更正或删除企业资料，仅您可见",
    "檢視、補充、更正或刪除企業資料，僅您可見",
  ),
  options: [
    option(TEXT, ["action", cn("操作", "操作")], ["What to do", cn("要做什么", "要做什麼")], {
      choices: [
        choice("show", "show", cn("查看", "檢視")),
        choice("add", "add", cn("补充信息", "補充資訊")),
        choice("correct", "correct", cn("更正", "更正")),
        choice("subscriptions", "subscriptions", cn("订阅与提醒", "訂閱與提醒")),
        choice("export", "export", cn("导出", "匯出")),
        choice("delete", "delete", cn("删除", "刪除")),
      ],
    }),
  ],
};

const TICKET: Command = {
  type: 1,
  name: "ticket",
  name_localizations: cn("工单", "工單"),
  description: "Ask a specialist and follow your tickets; only you see it",
  description_localizations: cn("转专员办理、查看工单进度，仅您可见", "轉專員辦理、檢視工單進度，僅您可見"),
  options: [
    option(SUB_COMMAND, ["new", cn("新建", "新建")], ["Ask a specialist", cn("转专员办理", "轉專員辦理")], {
      options: [
        option(TEXT, ["text", cn("内容", "內容")], ["What it is about", cn("要办的事情", "要辦的事情")], {
          required: true,
          max_length: 4_000,
        }),
      ],
    }),
    option(SUB_COMMAND, ["list", cn("清单", "清單")], ["Your tickets", cn("我的工单", "我的工單")]),
    option(SUB_COMMAND, ["show", cn("查看", "檢視")], ["One ticket", cn("查看一件工单", "檢視一件工單")], {
      options: [
        option(TEXT, ["number", cn("编号", "編號")], ["Its number", cn("工单编号", "工單編號")], {
          required: true,
          max_length: 40,
        }),
      ],
    }),
  ],
};

const KB: Command = {
  type: 1,
  name: "kb",
  name_localizations: cn("知识库", "知識庫"),
  description: "Manage the documents; for administrators",
  description_localizations: cn("管理政策文件，限管理员", "管理政策文件，限管理員"),
  options: [
    option(SUB_COMMAND, ["list", cn("清单", "清單")], ["All documents", cn("文件列表", "文件列表")]),
    option(SUB_COMMAND, ["search", cn("搜索", "搜尋")], ["Find a document", cn("搜索文件", "搜尋文件")], {
      options: [
        option(
          TEXT,
          ["words", cn("关键词", "關鍵詞")],
          ["Words of its title", cn("标题中的词", "標題中的詞")],
          {
            required: true,
            max_length: 100,
          },
        ),
      ],
    }),
    option(
      SUB_COMMAND,
      ["upload", cn("上传", "上傳")],
      ["Submit a file", cn("提交一份文件", "提交一份文件")],
      {
        options: [
          option(FILE, ["file", cn("文件", "檔案")], ["The file", cn("要提交的文件", "要提交的檔案")], {
            required: true,
          }),
        ],
      },
    ),
  ],
};

const HELP: Command = {
  type: 1,
  name: "help",
  name_localizations: cn("帮助", "說明"),
  description: "What this assistant can do",
  description_localizations: cn("可以做什么、怎么用", "可以做什麼、怎麼用"),
};

export const COMMANDS: readonly Command[] = [ASK, MATCH, PROFILE, TICKET, KB, HELP];
