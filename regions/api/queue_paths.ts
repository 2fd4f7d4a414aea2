import { z } from "zod";
import { Slug, Uuid } from "../../protocol/ids/names.ts";
import { ListedContact } from "../../protocol/interaction/listed_contact.ts";
import { QueueState } from "../../protocol/interaction/queue_state.ts";
import { WaitingContact } from "../../protocol/interaction/waiting_contact.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { jsonContent } from "./json_content.ts";
import { problemResponses } from "./problem_responses.ts";

const State = QueueState.meta({ id: "QueueState" });
const common = { tags: ["Queues"], security: SIGNED_IN };
const contacts = { ...common, path: "/queues/{id}/contacts" };
const params = z.object({ id: Slug });

/** Describes the routes of queues in the OpenAPI document, by the schemas they use. */
export function queuePaths({ openAPIRegistry }: ApiRoutes, limit: z.ZodType): void {
  openAPIRegistry.registerPath({
    ...common,
    method: "get",
    path: "/queues",
    summary: "Queues as they stand now",
    responses: {
      200: jsonContent(z.object({ items: z.array(State) }), "The queues"),
      ...problemResponses(),
    },
  });
  openAPIRegistry.registerPath({
    ...common,
    method: "get",
    path: "/queues/{id}",
    summary: "One queue as it stands now",
    request: { params },
    responses: { 200: jsonContent(State, "The queue"), ...problemResponses(404) },
  });
  openAPIRegistry.registerPath({
    ...contacts,
    method: "get",
    summary: "Who waits in a queue, in the order of service",
    request: { params, query: z.object({ limit }) },
    responses: {
      200: jsonContent(
        z.object({ items: z.array(WaitingContact.meta({ id: "WaitingContact" })) }),
        "The contacts",
      ),
      ...problemResponses(404),
    },
  });
  openAPIRegistry.registerPath({
    ...contacts,
    method: "post",
    summary: "Queue someone whom an agent of an outbound queue is to call",
    request: { params, body: { required: true, ...jsonContent(ListedContact, "Whom to call") } },
    responses: {
      201: jsonContent(z.object({ interactionId: Uuid }), "They are queued"),
      ...problemResponses(400, 404, 409, 413),
    },
  });
}
