import type { Selectable } from "kysely";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import type { Recording } from "../../protocol/recording/recording.ts";
import type { Cell } from "../cell/cell.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { type ApiRoutes, apiRoutes } from "./api_routes.ts";
import { recordingPaths } from "./recording_paths.ts";
import { tenantAccess } from "./tenant_access.ts";

const SUPERVISORS = ["supervisor", "admin"] as const;
const LISTENERS = [...SUPERVISORS, "agent"] as const;
const Query = z.object({
  interactionId: Uuid.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Headers of the PoP's answer that go on. */
const ANSWERED = ["content-type", "content-length", "content-range", "accept-ranges"];

/** Recordings of a signed-in person's own tenant; the audio comes from the PoP that made it. */
export function recordingRoutes(cell: Cell): ApiRoutes {
  const app = apiRoutes();
  recordingPaths(app, Query);
  const { db } = cell.options;

  app.get("/recordings", async (c) => {
    const { runner } = await tenantAccess(cell, c, SUPERVISORS);
    const { interactionId, limit } = Query.parse(c.req.query());
    let query = db.selectFrom("cell.recordings").selectAll()
      .where("tenant_id", "=", runner.ports.tenantId);
    if (interactionId) query = query.where("interaction_id", "=", interactionId);
    const rows = await query.orderBy("started_at", "desc").orderBy("id").limit(limit).execute();
    return c.json({ items: rows.map(recordingOf) });
  });

  app.get("/recordings/:id", async (c) => {
    const { runner } = await tenantAccess(cell, c, SUPERVISORS);
    return c.json(await find(runner, c.req.param("id")));
  });

  app.get("/recordings/:id/audio", async (c) => {
    const { runner, personId, roles } = await tenantAccess(cell, c, LISTENERS);
    const recording = await find(runner, c.req.param("id"));
    const supervises = SUPERVISORS.some((role) => roles.includes(role));
    if (!supervises && !isTheirs(runner, personId, recording)) {
      throw new AntiphonError(
        "forbidden",
        "Agents hear recordings of what they have at the moment",
      );
    }
    if (recording.deletedAt !== null) throw gone();
    const { id: recordingId, interactionId, popId } = recording;
    const range = c.req.header("range");
    const answer = await cell.askPop(popId, {
      method: "GET",
      path: `/recordings/${runner.ports.tenantId}/${recordingId}`,
      ...(range ? { headers: { range } } : {}),
    });
    if (!answer.ok) throw await refusal(answer);
    try {
      const access = { interactionId, recordingId, action: "played", by: personId } as const;
      await runner.submit({ type: "recording-accessed", ...access });
    } catch (error) {
      // Nobody listens without a trace.
      await answer.body?.cancel();
      throw error;
    }
    const headers = ANSWERED.flatMap((name): [string, string][] => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: [...headers, ["cache-control", "no-store"]],
    });
  });

  app.delete("/recordings/:id", async (c) => {
    const { runner, personId } = await tenantAccess(cell, c, SUPERVISORS);
    const { id: recordingId, interactionId, popId } = await find(runner, c.req.param("id"));
    const path = `/recordings/${runner.ports.tenantId}/${recordingId}`;
    const answer = await cell.askPop(popId, { method: "DELETE", path });
    if (!answer.ok) throw await refusal(answer);
    const access = { interactionId, recordingId, action: "deleted", by: personId } as const;
    await runner.submit({ type: "recording-accessed", ...access });
    return c.body(null, 204);
  });

  async function find(runner: TenantRunner, text: string): Promise<Recording> {
    const id = Uuid.safeParse(text);
    const row = id.success && await db.selectFrom("cell.recordings").selectAll()
      .where("tenant_id", "=", runner.ports.tenantId).where("id", "=", id.data)
      .executeTakeFirst();
    if (!row) throw gone();
    return recordingOf(row);
  }
  return app;
}

function recordingOf(row: Selectable<CellTables["cell.recordings"]>): Recording {
  return {
    id: row.id,
    interactionId: row.interaction_id,
    popId: row.pop_id,
    kind: row.kind,
    startedAt: Number(row.started_at),
    seconds: row.seconds,
    outcome: row.outcome,
    pauses: row.pauses,
    deletedAt: row.deleted_at === null ? null : Number(row.deleted_at),
  };
}

/** An agent has the interaction it is of, or the one that was made to answer the message. */
function isTheirs(runner: TenantRunner, agentId: string, recording: Recording): boolean {
  const { agents, interactions } = runner.state;
  return (agents.get(agentId)?.assigned ?? []).some((id) =>
    id === recording.interactionId ||
    interactions.get(id)?.flow.variables.recordingId === recording.id
  );
}

async function refusal(answer: Response): Promise<AntiphonError> {
  await answer.body?.cancel();
  if (answer.status === 404) return gone();
  if (answer.status === 409) {
    return new AntiphonError("state_not_allowed", "The recording goes on; stop it first");
  }
  if (answer.status === 416) {
    return new AntiphonError("range_not_satisfiable", "Ask within what there is");
  }
  return new AntiphonError("unavailable", `The PoP answered ${answer.status}`);
}

function gone(): AntiphonError {
  return new AntiphonError("not_found", "There is no such recording in this tenant");
}
