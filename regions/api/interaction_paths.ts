import { z } from "zod";
import { CallbackRequest } from "../../protocol/interaction/callback_request.ts";
import { InteractionPatch } from "../../protocol/interaction/interaction_patch.ts";
import { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { jsonContent } from "./json_content.ts";
import { problemResponses } from "./problem_responses.ts";

const RecordSchema = InteractionRecord.meta({ id: "Interaction" });
const common = { tags: ["Interactions"], security: SIGNED_IN };
const one = { ...common, path: "/interactions/{id}" };
const params = z.object({ id: z.uuid() });

/** Describes the routes of interactions in the OpenAPI document, by the schemas they use. */
export function interactionPaths(
  { openAPIRegistry }: ApiRoutes,
  limit: z.ZodType,
): void {
  openAPIRegistry.registerPath({
    ...common,
    method: "get",
    path: "/interactions",
    summary: "Live interactions and the last ended ones, newest first",
    request: { query: z.object({ limit }) },
    responses: {
      200: jsonContent(z.object({ items: z.array(RecordSchema) }), "Interactions"),
      ...problemResponses(),
    },
  });
  openAPIRegistry.registerPath({
    ...one,
    method: "get",
    summary: "One interaction, live or ended",
    request: { params },
    responses: { 200: jsonContent(RecordSchema, "The interaction"), ...problemResponses(404) },
  });
  openAPIRegistry.registerPath({
    ...one,
    method: "patch",
    summary: "Change a waiting contact's priority",
    request: { params, body: { required: true, ...jsonContent(InteractionPatch, "What changes") } },
    responses: {
      200: jsonContent(RecordSchema, "The interaction"),
      ...problemResponses(400, 404, 409, 413),
    },
  });
  openAPIRegistry.registerPath({
    ...common,
    method: "post",
    path: "/interactions/{id}/callback",
    summary: "Let a caller who waits hang up, and keep the place for a call back",
    request: { params, body: { required: true, ...jsonContent(CallbackRequest, "Whom to call") } },
    responses: {
      200: jsonContent(RecordSchema, "The interaction"),
      ...problemResponses(400, 404, 409, 413),
    },
  });
}
