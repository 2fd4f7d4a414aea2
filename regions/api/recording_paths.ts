import { z } from "zod";
import { Recording } from "../../protocol/recording/recording.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { jsonContent } from "./json_content.ts";
import { problemResponses } from "./problem_responses.ts";

const RecordingSchema = Recording.meta({ id: "Recording" });
const common = { tags: ["Recordings"], security: SIGNED_IN };
const one = { ...common, path: "/recordings/{id}" };
const params = z.object({ id: z.uuid() });

/** Describes the routes of recordings in the OpenAPI document, by the schemas they use. */
export function recordingPaths({ openAPIRegistry }: ApiRoutes, query: z.ZodObject): void {
  openAPIRegistry.registerPath({
    ...common,
    method: "get",
    path: "/recordings",
    summary: "Recordings, newest first: all of the tenant's, or those of an interaction",
    request: { query },
    responses: {
      200: jsonContent(z.object({ items: z.array(RecordingSchema) }), "Recordings"),
      ...problemResponses(),
    },
  });
  openAPIRegistry.registerPath({
    ...one,
    method: "get",
    summary: "One recording, also when its audio is gone",
    request: { params },
    responses: { 200: jsonContent(RecordingSchema, "The recording"), ...problemResponses(404) },
  });
  const wav = { "audio/wav": { schema: z.string().meta({ format: "binary" }) } };
  openAPIRegistry.registerPath({
    ...one,
    path: "/recordings/{id}/audio",
    method: "get",
    summary: "A recording's audio, a WAV file; takes Range. Who listens is written down",
    request: { params, headers: z.object({ range: z.string().optional() }) },
    responses: {
      200: { description: "All of it", content: wav },
      206: { description: "The part asked for", content: wav },
      ...problemResponses(404, 416),
    },
  });
  openAPIRegistry.registerPath({
    ...one,
    method: "delete",
    summary: "Delete a recording's audio",
    request: { params },
    responses: { 204: { description: "It is gone" }, ...problemResponses(404, 409) },
  });
}
