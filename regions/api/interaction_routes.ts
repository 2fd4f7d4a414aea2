import { type Context, Hono } from "hono";
import { z } from "zod";
import { verifyAccessToken } from "../../protocol/access_token/verify_access_token.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import type { Cell } from "../cell/cell.ts";
import { interactionRecordOf } from "../interactions/interaction_record_of.ts";
import { queueStateOf } from "../queues/queue_state_of.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { bearer } from "./bearer.ts";

const Limit = z.coerce.number().int().min(1).max(200).default(50);

/** What a signed-in person may read: interactions and queues of their own tenant. */
export function interactionRoutes(cell: Cell): Hono {
  const app = new Hono();
  const { db } = cell.options;

  app.get("/interactions/:id", async (c) => {
    const runner = await tenantOf(cell, c);
    const id = Uuid.safeParse(c.req.param("id"));
    if (!id.success) throw gone();
    const live = runner.state.interactions.get(id.data);
    if (live) return c.json(recordOf(cell, runner, id.data));
    const row = await db.selectFrom("cell.interactions").select("record")
      .where("id", "=", id.data).where("tenant_id", "=", runner.ports.tenantId)
      .executeTakeFirst();
    if (!row) throw gone();
    return c.json(row.record);
  });

  app.get("/interactions", async (c) => {
    const runner = await tenantOf(cell, c);
    const limit = Limit.parse(c.req.query("limit"));
    const live = [...runner.state.interactions.keys()].map((id) => recordOf(cell, runner, id));
    const ended = await db.selectFrom("cell.interactions").select("record")
      .where("tenant_id", "=", runner.ports.tenantId)
      .orderBy("ended_at", "desc").limit(limit).execute();
    const items = [...live.reverse(), ...ended.map((row) => row.record)].slice(0, limit);
    return c.json({ items });
  });

  app.get("/queues", async (c) => {
    const runner = await tenantOf(cell, c);
    const { document } = runner.configuration;
    return c.json({
      items: document.queues.map((queue) => queueStateOf(runner.state, queue)),
    });
  });
  return app;
}

async function tenantOf(cell: Cell, c: Context): Promise<TenantRunner> {
  const { placement, tenants, options } = cell;
  const access = await verifyAccessToken(bearer(c), placement.current.keys, options.now);
  const runner = access.clusterId === options.clusterId ? await tenants.get(access.tenant) : null;
  if (!runner) throw new AntiphonError("not_active", "Another cluster runs this tenant");
  return runner;
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
