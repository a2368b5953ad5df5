import type { Department } from "../settings-types.ts";

/** How a department can be told of a task: in its group, each person for themselves, or not at all (then the fallback). */
export type RouteReach = "department" | "people" | "none";

export function routeReach(department: Pick<Department, "group" | "specialists"> | undefined): RouteReach {
  if (!department) return "none";
  if (department.group !== null) return "department";
  return department.specialists.length > 0 ? "people" : "none";
}
