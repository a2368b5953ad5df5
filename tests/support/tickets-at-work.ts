import { createTicketWorld, type TicketWorld } from "./decided-tickets.ts";

export const id = (world: TicketWorld, index = 0) => world.task(index).taskId;
export const open = () => createTicketWorld();

export function claimed(): TicketWorld {
  const world = open();
  world.does("s1", { do: "claim", taskId: id(world) });
  return world;
}

export function asked(): TicketWorld {
  const world = claimed();
  world.does("s1", { do: "ask", taskId: id(world), text: "请问项目处于什么阶段？" });
  return world;
}

export function answered(): TicketWorld {
  const world = claimed();
  world.does("s1", { do: "reply", taskId: id(world), text: "请按征集通知提交材料。" });
  return world;
}

export const runs = (world: TicketWorld) =>
  world
    .task()
    .clocks.filter(({ runningSince }) => runningSince !== null)
    .map(({ kind }) => kind);
export const met = (world: TicketWorld) =>
  world
    .task()
    .clocks.filter(({ metAt }) => metAt !== null)
    .map(({ kind }) => kind);
