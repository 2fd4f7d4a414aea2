import { z } from "zod";
import { Uuid } from "../ids/names.ts";
import { Problem } from "../errors/problem.ts";
import { AgentCommand } from "./agent_command.ts";
import { AgentEvent } from "./agent_event.ts";

/**
 * Frames from a desktop to its session object, over `GET /v1/session` (WebSocket) at the edge.
 * The first is `hello` within 5 seconds.
 */
export const DesktopFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hello"),
    version: z.literal(1),
    accessToken: z.string().max(4096),
    /** Number of the last event seen in `session`; both null at first. */
    session: Uuid.nullable(),
    lastSeq: z.number().int().nonnegative().nullable(),
  }),
  z.object({ type: z.literal("command"), commandId: Uuid, command: AgentCommand }),
  /** A fresh token before the old one ends; else the socket is closed with 4401. */
  z.object({ type: z.literal("token"), accessToken: z.string().max(4096) }),
  z.object({ type: z.literal("ping") }),
]);
export type DesktopFrame = z.infer<typeof DesktopFrame>;

/** Frames from the session object to a desktop. */
export const SessionFrame = z.discriminatedUnion("type", [
  /** `resumed`: the events after `lastSeq` follow; otherwise a `snapshot` event does. */
  z.object({ type: z.literal("welcome"), session: Uuid, resumed: z.boolean() }),
  z.object({ type: z.literal("event"), seq: z.number().int().positive(), event: AgentEvent }),
  z.object({
    type: z.literal("result"),
    commandId: Uuid,
    ok: z.boolean(),
    problem: Problem.nullable(),
  }),
  /** Whether the edge reaches the tenant's cluster just now. */
  z.object({ type: z.literal("cluster"), reachable: z.boolean() }),
  z.object({ type: z.literal("pong") }),
]);
export type SessionFrame = z.infer<typeof SessionFrame>;

/** Close codes of the session socket. */
export const SESSION_CLOSE = {
  badFrame: 4400,
  unauthenticated: 4401,
  helloTimeout: 4408,
  replaced: 4409,
  tooMany: 4429,
} as const;
