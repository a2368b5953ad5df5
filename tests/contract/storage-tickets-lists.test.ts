import { expect, it } from "vitest";
import type { TicketFilter, TicketRecord } from "../../src/storage/index.ts";
import { addEnterprise } from "../support/storage-matching.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { second } from "../support/storage-samples.ts";
import { at, makeNext, makeTask, openTicket } from "../support/storage-tickets.ts";
import { alice } from "../support/storage-workflow.ts";

const idsOf = (tickets: readonly TicketRecord[]) => tickets.map((ticket) => ticket.ticketId).join(" ");

describeOnEveryDatabase("finding tickets", (place) => {
  async function openSome() {
    const storage = await place.open();
    await addEnterprise(storage, "e1");
    const two = [
      makeTask("t2", { department: "finance", assignee: "p1" }),
      makeTask("t2", { taskId: "t2-b", department: "talent", assignee: "p2", state: "closed" }),
    ];
    await openTicket(storage, "t1", { openedAt: at(1), urgency: "紧急", enterpriseId: "e1" });
    await openTicket(storage, "t2", { openedAt: at(2), status: "处理中" }, { tasks: two });
    const third = makeTask("t3", { department: "talent" });
    await openTicket(storage, "t3", { openedAt: at(2), category: "人才" }, { tasks: [third] });
    await openTicket(storage, "t4", { openedAt: at(3), status: "已办结", askerAccount: "web:u" });
    await openTicket(storage, "t5", { openedAt: at(4), status: "已合并" }, { tasks: [] });
    return storage;
  }

  it("by everything that a filter can say", async () => {
    const { tickets } = await openSome();
    const cases: [TicketFilter, string][] = [
      [{}, "t5 t4 t3 t2 t1"],
      [{ statuses: ["处理中", "已合并"] }, "t5 t2"],
      [{ statuses: [] }, ""],
      [{ open: true }, "t3 t2 t1"],
      [{ open: false }, "t5 t4 t3 t2 t1"],
      [{ department: "finance" }, "t4 t2 t1"],
      [{ department: "talent" }, "t3 t2"],
      [{ departments: ["talent", "finance"] }, "t4 t3 t2 t1"],
      [{ departments: ["nobody"] }, ""],
      [{ departments: [] }, ""],
      [{ assignee: "p2" }, "t2"],
      [{ department: "finance", assignee: "p1" }, "t2"],
      [{ department: "finance", assignee: "p2" }, ""],
      [{ askerAccount: "web:u" }, "t4"],
      [{ enterpriseId: "e1" }, "t1"],
      [{ category: "人才" }, "t3"],
      [{ urgency: "紧急" }, "t1"],
      [{ openedFrom: at(2), openedTo: at(3) }, "t3 t2"],
      [{ limit: 2 }, "t5 t4"],
      [{ limit: 0 }, ""],
    ];
    for (const [filter, expected] of cases) {
      const { limit: _limit, ...unlimited } = filter;
      expect([filter, idsOf(await tickets.list(filter))]).toEqual([filter, expected]);
      const batch = (await tickets.eachBatch(null, 10, filter)).map((ticket) => ticket.ticketId);
      const whole = (await tickets.list(unlimited)).map((ticket) => ticket.ticketId);
      expect([filter, batch]).toEqual([filter, whole.toSorted()]);
      expect([filter, await tickets.count(filter)]).toEqual([filter, whole.length]);
    }
  });

  it("page by page, also within one instant, and in batches by id", async () => {
    const { tickets } = await openSome();
    const pages: string[] = [];
    let before: TicketFilter["before"];
    for (;;) {
      const page = await tickets.list({ limit: 2, ...(before && { before }) });
      const last = page.at(-1);
      if (!last) break;
      pages.push(idsOf(page));
      before = { openedAt: last.openedAt, ticketId: last.ticketId };
    }
    expect(pages).toEqual(["t5 t4", "t3 t2", "t1"]);
    expect(idsOf(await tickets.eachBatch(null, 2))).toBe("t1 t2");
    expect(idsOf(await tickets.eachBatch("t2", 2))).toBe("t3 t4");
    expect(idsOf(await tickets.eachBatch("t4", 2))).toBe("t5");
    expect(await tickets.eachBatch("t5", 2)).toEqual([]);
  });

  it("by words that are odd for a pattern or in JSON", async () => {
    const storage = await place.open();
    const texts = ["贴息 100% 吗", '他说 "贴息_甲"', "路径 C:\\园区", "行一\n行二", "Loan for SMEs"];
    for (const [index, text] of texts.entries())
      await openTicket(storage, `t${index}`, { content: { text } });
    const found = async (search: string) => idsOf(await storage.tickets.list({ search }));
    expect(await found("100%")).toBe("t0");
    expect(await found("1%0")).toBe("");
    expect(await found("息_")).toBe("t1");
    expect(await found('"贴息_甲"')).toBe("t1");
    expect(await found("C:\\园")).toBe("t2");
    expect(await found("行一\n行")).toBe("t3");
    expect(await found("loan FOR")).toBe("t4");
    expect(await found("20260105-t3")).toBe("t3");
    expect(await found("20260105_t3")).toBe("");
    expect(await found("  ")).toBe("t4 t3 t2 t1 t0");
    expect(await storage.tickets.count({ search: "贴息" })).toBe(2);
  });

  it("whose clocks want to be looked at, the longest due first", async () => {
    const storage = await place.open();
    const open = (id: string, ...checks: (string | null)[]) =>
      openTicket(
        storage,
        id,
        {},
        { tasks: checks.map((checkAt, index) => makeTask(id, { taskId: `${id}-${index}`, checkAt })) },
      );
    const [late] = [await open("t1", at(5), at(3)), await open("t2", at(4)), await open("t3", null)];
    await openTicket(storage, "t4", {}, { tasks: [makeTask("t4", { state: "closed", checkAt: at(1) })] });
    await open("t5", at(9));
    expect(await storage.tickets.dueTickets(second(8), 10)).toEqual(["t1", "t2"]);
    expect(await storage.tickets.dueTickets(second(9), 10)).toEqual(["t1", "t2", "t5"]);
    expect(await storage.tickets.dueTickets(second(3), 10)).toEqual(["t1"]);
    expect(await storage.tickets.dueTickets(second(8), 1)).toEqual(["t1"]);
    expect(await storage.tickets.dueTickets(second(2), 10)).toEqual([]);
    const tasks = [0, 1].map((index) => makeTask("t1", { taskId: `t1-${index}`, checkAt: at(30) }));
    await storage.tickets.commit(makeNext(late, "tick", { tasks }), 1, second(8), alice);
    expect(await storage.tickets.dueTickets(second(8), 10)).toEqual(["t2"]);
  });
});
