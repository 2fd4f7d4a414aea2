import type { Context } from "hono";
import type { Cell } from "../../cell/cell.ts";
import { FlowDesk } from "../../flows/versions/flow_desk.ts";
import type { ApiEnv } from "../api_routes.ts";

/** The work of the signed-in person with their tenant's flows, behind `personAuth`. */
export function flowDeskOf(cell: Cell, c: Context<ApiEnv>): FlowDesk {
  return new FlowDesk({
    editor: cell.configurations,
    runner: c.get("runner"),
    personId: c.get("personId"),
    newId: cell.options.newId,
  });
}
