import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import { CallbackRequest } from "../../protocol/interaction/callback_request.ts";
import { InteractionPatch } from "../../protocol/interaction/interaction_patch.ts";
import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import type { Cell } from "../cell/cell.ts";
import { interactionRecordOf } from "../interactions/interaction_record_of.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { type ApiRoutes, apiRoutes } from "./api_routes.ts";
import { interactionPaths } from "./interaction_paths.ts";
import { revealRoutes } from "./reveal_routes.ts";
import { readJson } from "./read_json.ts";
import { tenantAccess } from "./tenant_access.ts";

const SUPERVISORS = ["supervisor", "admin"] as const;
const Limit = z.coerce.number().int().min(1).max(200).default(50);

/** Interactions of a signed-in person's own tenant. */
export function interactionRoutes(cell: Cell): ApiRoutes {
  const app = apiRoutes();
  interactionPaths(app, Limit);
  revealRoutes(app, cell);
  const { db } = cell.options;

  app.get("/interactions/:id", async (c) => {
    const { runner } = await tenantAccess(cell, c);
    const id = idOf(c.req.param("id"));
    if (runner.state.interactions.has(id)) return c.json(recordOf(cell, runner, id));
    const row = await db.selectFrom("cell.interactions").select("record")
      .where("id", "=", id).where("tenant_id", "=", runner.ports.tenantId)
      .executeTakeFirst();
    if (!row) throw gone();
    return c.json(row.record);
  });

  app.get("/interactions", async (c) => {
    const { runner } = await tenantAccess(cell, c);
    const limit = Limit.parse(c.req.query("limit"));
    const live = [...runner.state.interactions.keys()].map((id) => recordOf(cell, runner, id));
    const ended = await db.selectFrom("cell.interactions").select("record")
      .where("tenant_id", "=", runner.ports.tenantId)
      .orderBy("ended_at", "desc").limit(limit).execute();
    const items = [...live.reverse(), ...ended.map((row) => row.record)].slice(0, limit);
    return c.json({ items });
  });

  app.patch("/interactions/:id", async (c) => {
    const { runner, personId } = await tenantAccess(cell, c, SUPERVISORS);
    const interactionId = idOf(c.req.param("id"));
    const { priority } = await readJson(c, InteractionPatch);
    await runner.submit({ type: "prioritise", interactionId, priority, by: personId });
    return c.json(recordOf(cell, runner, interactionId));
  });

  app.post("/interactions/:id/callback", async (c) => {
    const { runner } = await tenantAccess(cell, c, SUPERVISORS);
    const interactionId = idOf(c.req.param("id"));
    const request = await readJson(c, CallbackRequest);
    await runner.submit({ type: "callback-requested", interactionId, ...request });
    return c.json(recordOf(cell, runner, interactionId));
  });
  return app;
}

function idOf(text: string): string {
  const id = Uuid.safeParse(text);
  if (!id.success) throw gone();
  return id.data;
}

function recordOf(cell: Cell, runner: TenantRunner, id: string): InteractionRecord {
  const { clusterId, epoch } = cell.options;
  return interactionRecordOf(runner.state, runner.state.interactions.get(id)!, {
    tenantId: runner.ports.tenantId,
    clusterId,
    epoch,
  });
}

function gone(): AntiphonError {
  return new AntiphonError("not_found", "There is no such interaction in this tenant");
}
