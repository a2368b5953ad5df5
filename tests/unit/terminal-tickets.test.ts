import { expect, it } from "vitest";
import { renderForTerminal } from "../../src/channels/index.ts";
import { sampleTicket } from "../support/feishu-server/sample-ticket.ts";

const OPTIONS = { colour: false, columns: 60 };

it("shows the buttons of a form as what to type, and the rest of a ticket as lines", () => {
  const blocks = sampleTicket().blocks.map((block) => {
    if (block.type !== "form") return block;
    const submit = { ...block.submit, command: "答复 0007 内容" };
    return { ...block, submit, more: [{ ...block.submit, label: "追问", command: "追问 0007 内容" }] };
  });
  const text = renderForTerminal(sampleTicket({ blocks }), OPTIONS);
  expect(text).toContain("答复：（未填）");
  expect(text).toContain("答复：发送“答复 0007 内容”");
  expect(text).toContain("追问：发送“追问 0007 内容”");
});

it("says what a picture shows", () => {
  const picture = { type: "picture" as const, fileId: "chart-1", alt: "本周受理 12 件，办结 9 件。" };
  expect(renderForTerminal(sampleTicket({ blocks: [picture] }), OPTIONS)).toContain(
    "〔图〕本周受理 12 件，办结 9 件。",
  );
});

it("acknowledges in one line", () => {
  const headline = "已转给李专员（虚构），工单 20261123-0007，答复会回到这里，请留意。\n一行就够。";
  const quiet = { headline, blocks: [], quiet: true as const };
  expect(renderForTerminal(sampleTicket(quiet), OPTIONS).split("\n")).toHaveLength(1);
});
