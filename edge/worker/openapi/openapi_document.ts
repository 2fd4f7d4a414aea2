import { z } from "zod";
import { Problem } from "../../../protocol/errors/problem.ts";
import { InteractionRecord } from "../../../protocol/interaction/interaction_record.ts";
import { QueueState } from "../../../protocol/interaction/queue_state.ts";
import { Recording } from "../../../protocol/recording/recording.ts";
import { SignOnAnswer, SignOnRequest } from "../../../protocol/sign_on/sign_on.ts";

const SCHEMAS = {
  Problem,
  SignOnRequest,
  SignOnAnswer,
  Interaction: InteractionRecord,
  Interactions: z.object({ items: z.array(InteractionRecord) }),
  Recording,
  Recordings: z.object({ items: z.array(Recording) }),
  Queues: z.object({ items: z.array(QueueState) }),
};

const RECORDING = [{
  name: "id",
  in: "path",
  required: true,
  schema: { type: "string", format: "uuid" },
}];

type Name = keyof typeof SCHEMAS;

/**
 * The edge's public API as an OpenAPI 3.1 document, made from the schemas that requests and
 * answers are checked by.
 */
export function openapiDocument(): Record<string, unknown> {
  const schemas = Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => {
      const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "output" });
      return [name, json];
    }),
  );
  const bearer = [{ accessToken: [] }];
  return {
    openapi: "3.1.0",
    info: {
      title: "Antiphon edge",
      version: "1",
      description: "Sign-on and reading for people and their programs. The agent's session is a " +
        "WebSocket at /v1/session; its frames are described in protocol/agent_session.",
    },
    paths: {
      "/v1/sign-on": {
        post: {
          operationId: "signOn",
          summary: "Sign on with a password",
          requestBody: body("SignOnRequest"),
          responses: answers("SignOnAnswer", [401, 422, 429, 503]),
        },
      },
      "/v1/sign-on/refresh": {
        post: {
          operationId: "refreshSignOn",
          summary: "Renew the session that the cookie keeps",
          responses: answers("SignOnAnswer", [401, 503]),
        },
      },
      "/v1/sign-off": {
        post: {
          operationId: "signOff",
          summary: "End the session that the cookie keeps",
          responses: { 204: { description: "Ended" } },
        },
      },
      "/v1/interactions": {
        get: {
          operationId: "listInteractions",
          summary: "Live interactions, then ended ones, newest first",
          security: bearer,
          parameters: [{
            name: "limit",
            in: "query",
            schema: { type: "integer", minimum: 1, maximum: 200, default: 50 },
          }],
          responses: answers("Interactions", [401, 503]),
        },
      },
      "/v1/interactions/{id}": {
        get: {
          operationId: "getInteraction",
          summary: "One interaction with every leg",
          security: bearer,
          parameters: [{
            name: "id",
            in: "path",
            required: true,
            schema: { type: "string", format: "uuid" },
          }],
          responses: answers("Interaction", [401, 404, 503]),
        },
      },
      "/v1/recordings": {
        get: {
          operationId: "listRecordings",
          summary: "Recordings, newest first, for supervisors",
          security: bearer,
          parameters: [{
            name: "interactionId",
            in: "query",
            schema: { type: "string", format: "uuid" },
          }],
          responses: answers("Recordings", [401, 403, 503]),
        },
      },
      "/v1/recordings/{id}": {
        get: {
          operationId: "getRecording",
          summary: "One recording, also when its audio is gone",
          security: bearer,
          parameters: RECORDING,
          responses: answers("Recording", [401, 403, 404, 503]),
        },
        delete: {
          operationId: "deleteRecording",
          summary: "Delete a recording's audio",
          security: bearer,
          parameters: RECORDING,
          responses: { 204: { description: "It is gone" } },
        },
      },
      "/v1/recordings/{id}/audio": {
        get: {
          operationId: "getRecordingAudio",
          summary: "A recording as a WAV file; takes Range. Who listens is written down",
          security: bearer,
          parameters: RECORDING,
          responses: {
            200: { description: "All of it", content: { "audio/wav": {} } },
            206: { description: "The part asked for", content: { "audio/wav": {} } },
          },
        },
      },
      "/v1/queues": {
        get: {
          operationId: "listQueues",
          summary: "Queues with how many wait in them",
          security: bearer,
          responses: answers("Queues", [401, 503]),
        },
      },
    },
    components: {
      securitySchemes: {
        accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      },
      schemas,
    },
  };
}

function content(type: string, name: Name) {
  return { [type]: { schema: { $ref: `#/components/schemas/${name}` } } };
}

function body(name: Name) {
  return { required: true, content: content("application/json", name) };
}

function answers(name: Name, problems: readonly number[]) {
  const refusal = {
    description: "Refused (RFC 9457)",
    content: content("application/problem+json", "Problem"),
  };
  return {
    200: { description: "Done", content: content("application/json", name) },
    ...Object.fromEntries(problems.map((status) => [status, refusal])),
  };
}
