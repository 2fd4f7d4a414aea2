import { z } from "zod";
import { FlowTraceStep } from "../../protocol/flow/flow_trace_step.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { jsonContent } from "./json_content.ts";
import { problemResponses } from "./problem_responses.ts";

const Step = FlowTraceStep.meta({ id: "FlowTraceStep" });
const common = { method: "get" as const, tags: ["Flows"], security: SIGNED_IN };
const params = z.object({ id: z.uuid() });

/** Describes the routes of traces in the OpenAPI document, by the schemas they use. */
export function tracePaths({ openAPIRegistry }: ApiRoutes, query: z.ZodObject): void {
  openAPIRegistry.registerPath({
    ...common,
    path: "/interactions/{id}/trace",
    summary: "What the steps of an interaction's flow did, oldest first",
    description: "Kept for seven days, unless the cluster is set otherwise. Values of sensitive " +
      "variables are never in it; what is hidden from agents, only administrators see.",
    request: { params, query },
    responses: {
      200: jsonContent(z.object({ items: z.array(Step), next: z.string().nullable() }), "A page"),
      ...problemResponses(404),
    },
  });
  openAPIRegistry.registerPath({
    ...common,
    path: "/interactions/{id}/trace/stream",
    summary: "The same as server-sent events, then what happens, until the interaction ends",
    description:
      "Events are `step`, whose data is a FlowTraceStep, and `end`. A stream lasts ten " +
      "minutes at most: come again with Last-Event-ID. A reader who takes nothing is dropped.",
    request: {
      params,
      headers: z.object({
        "last-event-id": z.string().optional().meta({ description: "The last `id` that is known" }),
      }),
    },
    responses: {
      200: {
        description: "Events",
        content: { "text/event-stream": { schema: z.string() } },
      },
      ...problemResponses(404, 429),
    },
  });
}
