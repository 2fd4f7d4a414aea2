import { z } from "zod";
import type { QueueConfiguration } from "../../protocol/configuration/queue_configuration.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ListedContact } from "../../protocol/interaction/listed_contact.ts";
import type { WaitingContact } from "../../protocol/interaction/waiting_contact.ts";
import type { Cell } from "../cell/cell.ts";
import { queueStateOf } from "../queues/queue_state_of.ts";
import { waitingContactOf } from "../queues/waiting_contact_of.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { type ApiRoutes, apiRoutes } from "./api_routes.ts";
import { queuePaths } from "./queue_paths.ts";
import { readJson } from "./read_json.ts";
import { tenantAccess } from "./tenant_access.ts";

const SUPERVISORS = ["supervisor", "admin"] as const;
const Limit = z.coerce.number().int().min(1).max(500).default(100);

/** Queues of a signed-in person's own tenant: how they stand, who waits, whom to call. */
export function queueRoutes(cell: Cell): ApiRoutes {
  const app = apiRoutes();
  queuePaths(app, Limit);

  app.get("/queues", async (c) => {
    const { runner } = await tenantAccess(cell, c);
    const { queues } = runner.configuration;
    return c.json({ items: [...queues.values()].map((q) => queueStateOf(runner.state, q)) });
  });

  app.get("/queues/:id", async (c) => {
    const { runner } = await tenantAccess(cell, c);
    return c.json(queueStateOf(runner.state, queueOf(runner, c.req.param("id"))));
  });

  app.get("/queues/:id/contacts", async (c) => {
    const { runner } = await tenantAccess(cell, c, SUPERVISORS);
    const queue = queueOf(runner, c.req.param("id"));
    const limit = Limit.parse(c.req.query("limit"));
    const items: WaitingContact[] = [];
    for (const it of runner.state.routing.waitingIn(queue.id)) {
      if (items.push(waitingContactOf(it, items.length + 1)) === limit) break;
    }
    return c.json({ items });
  });

  app.post("/queues/:id/contacts", async (c) => {
    const { runner } = await tenantAccess(cell, c, SUPERVISORS);
    const queueId = queueOf(runner, c.req.param("id")).id;
    const contact = await readJson(c, ListedContact);
    await runner.submit({ type: "contact-listed", queueId, ...contact });
    return c.json({ interactionId: contact.interactionId }, 201);
  });
  return app;
}

function queueOf(runner: TenantRunner, id: string): QueueConfiguration {
  const queue = runner.configuration.queues.get(id);
  if (!queue) throw new AntiphonError("not_found", "There is no such queue in this tenant");
  return queue;
}
