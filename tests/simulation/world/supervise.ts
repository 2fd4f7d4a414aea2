import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { TenantCommand } from "../../../regions/tenants/tenant_command.ts";
import { ClusterClient } from "../edges/cluster_client.ts";
import type { Stimulus } from "../plans/plan.ts";
import { Random } from "../random/random.ts";
import { reconfigure } from "../tenants/reconfigure.ts";
import { tenantId } from "../tenants/tenant_names.ts";
import type { World } from "./world.ts";

type Request = Extract<
  Stimulus,
  { type: "reconfigure" | "prioritise" | "call-back" | "list-contact" }
>;

/** Brings a supervisor's request to the cell, once; what is refused or lost is lost. */
export async function supervise(world: World, request: Request): Promise<void> {
  const id = tenantId(request.tenant);
  const random = new Random(world.plan.seed, "supervisor", request.at);
  const client = new ClusterClient(world, random);
  try {
    if (request.type === "reconfigure") {
      // Stored first: whoever holds the cluster next finds it there.
      if (world.cluster.holder?.ready !== true) return;
      const { document } = world.configuration(id);
      world.configure(id, reconfigure(document, request.change, world.plan.seed, request.at));
      world.fact({ type: "reconfigured", tenantId: id, change: request.change });
      return await applied(world, id);
    }
    const command = commandOf(world, id, request);
    if (command) await client.call(4_000, (cell) => cell.submit(id, command));
  } catch (error) {
    if (!(error instanceof AntiphonError)) world.caught(error);
  }
}

/** The control plane hands a configuration on again and again until it is taken. */
async function applied(world: World, id: string): Promise<void> {
  for (;;) {
    try {
      return await world.cluster.holder?.reconfigure(id);
    } catch (error) {
      world.caught(error);
      await new Promise<void>((resolve) => void world.queue.after(1_000, resolve));
    }
  }
}

function commandOf(
  world: World,
  id: string,
  request: Exclude<Request, { type: "reconfigure" }>,
): TenantCommand | null {
  if (request.type === "list-contact") {
    return {
      type: "contact-listed",
      interactionId: `0190f00d-0000-7000-8000-${
        (request.tenant * 1000 + request.n).toString().padStart(12, "0")
      }`,
      queueId: "callbacks",
      // Lists overlap: a number may be on one twice.
      number: `+4940${1000 + (request.n % 2)}`,
      contactName: null,
      priority: request.priority,
      requirements: [],
      withinSeconds: 300,
    };
  }
  const { state } = world.log.tenants.get(id)!;
  const waiting = [...state.interactions.values()].filter((it) =>
    it.phase === "queued" && (request.type === "prioritise" || it.call)
  );
  const interactionId = waiting.at(-1)?.id;
  if (!interactionId) return null;
  // Some ask for one and the same number.
  const number = `+493055${request.at % 3}`;
  const withinSeconds = request.at % 2 === 0 ? 300 : 1200;
  return request.type === "prioritise"
    ? { type: "prioritise", interactionId, priority: request.priority, by: "supervisor" }
    : { type: "callback-requested", interactionId, number, withinSeconds };
}
