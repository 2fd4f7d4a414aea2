import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { SimulationRequest, SimulationResult } from "../../protocol/flow/flow_simulation.ts";
import { Slug } from "../../protocol/ids/names.ts";
import type { Cell } from "../cell/cell.ts";
import { simulateInSlices } from "../flows/simulator/simulate_in_slices.ts";
import { FlowDesk } from "../flows/versions/flow_desk.ts";
import { simulationOf } from "../flows/simulator/simulate_flow.ts";
import { type ApiRoutes, apiRoutes, SIGNED_IN } from "./api_routes.ts";
import { jsonContent } from "./json_content.ts";
import { limitBody } from "./limit_body.ts";
import { problemResponses } from "./problem_responses.ts";
import { readJson } from "./read_json.ts";
import { tenantAccess } from "./tenant_access.ts";

const TESTERS = ["supervisor", "admin"] as const;
/** The largest request, in bytes: a flow's document and a script. */
const BODY_BYTES = 1 << 20;
const Params = z.object({ id: Slug });
/** Simulations of one tenant at a time. */
const AT_ONCE = 2;

/** `POST /v1/flows/{id}/simulate`: a flow for a scripted contact. */
export function simulationRoutes(cell: Cell): ApiRoutes {
  const app = apiRoutes();
  const running = new Map<string, number>();
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/flows/{id}/simulate",
    tags: ["Flows"],
    security: SIGNED_IN,
    summary: "Run a flow for a scripted contact. Changes nothing, and nothing leaves",
    description: "With `of`, its draft or one of its versions runs instead of what is published; " +
      "with `document`, that. Time is virtual: a day at most, and 10,000 steps. Where the script " +
      "says nothing the contact is silent, no agent comes, and services fail.",
    request: {
      params: Params,
      body: {
        required: true,
        ...jsonContent(SimulationRequest.meta({ id: "SimulationRequest" }), "What is to happen"),
      },
    },
    responses: {
      200: jsonContent(SimulationResult.meta({ id: "SimulationResult" }), "What became of it"),
      ...problemResponses(400, 404, 413, 429),
    },
  });

  app.post("/flows/:id/simulate", limitBody(BODY_BYTES), async (c) => {
    const { runner, personId, roles } = await tenantAccess(cell, c, TESTERS);
    const { of, document, script } = await readJson(c, SimulationRequest);
    const { tenantId } = runner.ports;
    const { id } = Params.parse(c.req.param());
    const desk = new FlowDesk({
      ...{ editor: cell.configurations, runner, personId, newId: cell.options.newId },
    });
    const named = of === undefined || of === "published" ? id : await desk.documentOf(id, of);
    const flow = document === undefined ? named : { ...document, id };
    const simulation = simulationOf(runner.configuration, flow, script, {
      admin: roles.includes("admin"),
    });
    const before = running.get(tenantId) ?? 0;
    if (before >= AT_ONCE) {
      throw new AntiphonError("too_many_requests", `${AT_ONCE} simulations run at a time at most`, {
        data: { retryAfter: 1 },
      });
    }
    running.set(tenantId, before + 1);
    try {
      const pause = () => new Promise<void>((resolve) => void cell.options.timer(0, resolve));
      const { signal } = c.req.raw;
      const result = await simulateInSlices(simulation, pause, () => signal.aborted);
      return result === null ? c.body(null, 204) : c.json(result, 200);
    } finally {
      const left = running.get(tenantId)! - 1;
      if (left > 0) running.set(tenantId, left);
      else running.delete(tenantId);
    }
  });
  return app;
}
