import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAnswer } from "../support/test-answerer.ts";
import { openWebAsker } from "../support/web-asker.ts";
import { openWebService, type WebService } from "../support/web-service.ts";

let service: WebService;
let finish: () => void = () => undefined;

beforeAll(async () => {
  service = await openWebService(async (request) => {
    request.onPartial?.(makeAnswer("回答的开头", request));
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return { conclusion: `全文：${request.question}` };
  });
});

afterAll(async () => {
  await service?.remove();
});

describe("a reply that is being made", () => {
  it("shows on the open pages of its asker, on one that comes later, and ends with the turn", async () => {
    const asker = await openWebAsker(service.address);
    const stranger = await openWebAsker(service.address);
    const page = await asker.listen();
    const strange = await stranger.listen();
    await page.receives("event: ready");
    await strange.receives("event: ready");
    const said = asker.say("流式的问题");
    await page.receives("event: partial");
    await page.receives("回答的开头");
    const late = await asker.listen();
    await late.receives("回答的开头");
    expect(await asker.turns()).toEqual([]);
    finish();
    const turn = await said;
    await page.receives(`"turnId":"${turn.turnId}"`);
    await late.receives("全文：流式的问题");
    const after = await asker.listen();
    await after.receives("event: ready");
    expect(after.text()).not.toContain("event: partial");
    expect(strange.text()).not.toContain("event: partial");
    // Nothing of it comes after the whole.
    expect(page.text().lastIndexOf("event: partial")).toBeLessThan(page.text().lastIndexOf("event: turn"));
    for (const stream of [page, strange, late, after]) stream.close();
  });
});
