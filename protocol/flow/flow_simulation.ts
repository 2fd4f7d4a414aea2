import { z } from "zod";
import { PromptItem } from "../pop_link/prompt_item.ts";
import { Channel, LanguageTag, Slug } from "../ids/names.ts";
import { FlowDocument } from "./flow_document.ts";
import { FlowTraceStep } from "./flow_trace_step.ts";
import { VariableName } from "./variable_name.ts";

/** Epoch ms, or a date and time (ISO 8601, with its zone). */
const Moment = z.union([
  z.number().int().min(0).max(8_000_000_000_000),
  z.iso.datetime({ offset: true }),
]);
const Seconds = z.number().min(0).max(86_400);

const Start = z.strictObject({
  /** Left out, what the flow is for. */
  channel: Channel.optional(),
  /** The caller's number, or the address that messages come from. */
  from: z.string().min(1).max(128).default("+4930123456"),
  /** Of one who writes. */
  name: z.string().min(1).max(120).optional(),
  /** What one who writes begins with. */
  text: z.string().min(1).max(4096).default("Hello"),
  at: Moment.default(Date.UTC(2026, 0, 5, 10)),
  /** The tenant's own without it. */
  language: LanguageTag.optional(),
});

/** What a service is to have answered. */
const ServiceStep = z.strictObject({
  /** The activity that asks; without it, whichever asks next. */
  activityId: Slug.optional(),
  /** A request that failed, with a stable word why; `timeout` for one without an answer. */
  fail: z.string().regex(/^[a-z0-9-]{1,64}$/).optional(),
  /** HTTP status. */
  status: z.number().int().min(100).max(599).default(200),
  /** Variables that the activity reads from the answer, with their values. */
  values: z.record(VariableName, z.string().max(16_384)).default({}),
  /** The whole answer of a service of another kind. */
  answer: z.unknown().optional(),
  afterSeconds: Seconds.default(1),
});

/** One thing that the world does when the flow is ready for it. */
const ScriptStep = z.union([
  z.strictObject({ digits: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
  /** Nothing is typed or written until the flow stops waiting for it. */
  z.strictObject({ silence: z.literal(true) }),
  z.strictObject({ hangUp: z.literal(true) }),
  z.strictObject({ message: z.string().min(1).max(4096) }),
  z.strictObject({ service: ServiceStep }),
  z.strictObject({
    agent: z.enum(["answers", "declines", "none"]),
    /** Left out, the first who may get the contact. */
    agentId: Slug.optional(),
    afterSeconds: Seconds.default(5),
  }),
  z.strictObject({ wait: Seconds }),
]);
export type ScriptStep = z.infer<typeof ScriptStep>;

/** A caller's part: each step is taken once the flow asks for its kind. */
export const SimulationScript = z.strictObject({
  start: Start.prefault({}),
  steps: z.array(ScriptStep).max(500).default([]),
});
export type SimulationScript = z.infer<typeof SimulationScript>;

/** A body of `POST /v1/flows/{id}/simulate`. */
export const SimulationRequest = z.strictObject({
  /** Which of the flow's documents runs: what is published, its draft, or a version. */
  of: z.union([z.enum(["published", "draft"]), z.number().int().positive()]).optional(),
  /** Runs instead of any of them. */
  document: FlowDocument.optional(),
  script: SimulationScript.prefault({}),
}).refine((request) => request.of === undefined || request.document === undefined, {
  path: ["of"],
  message: "Give `of` or `document`",
});
export type SimulationRequest = z.infer<typeof SimulationRequest>;

/** What the contact heard or read. */
const Heard = z.discriminatedUnion("type", [
  z.object({ type: z.literal("prompt"), at: z.number(), items: z.array(PromptItem) }),
  /** Played again and again, until something else is. */
  z.object({ type: z.literal("music"), at: z.number(), items: z.array(PromptItem) }),
  z.object({ type: z.literal("message"), at: z.number(), text: z.string() }),
]);

/** What became of a simulated contact. */
export const SimulationResult = z.object({
  trace: z.array(FlowTraceStep),
  heard: z.array(Heard),
  /** Requests to services; nothing left the cell. */
  asked: z.array(z.object({ at: z.number(), activityId: z.string(), request: z.unknown() })),
  /** As they were at the end; `(sealed)` and `(hidden)` stand for what is not shown. */
  variables: z.record(z.string(), z.string()),
  screenPop: z.object({ url: z.string(), title: z.string() }).nullable(),
  end: z.object({
    /**
     * `ended`: the interaction is over; `with-agent`: an agent has it; `waiting`: nothing more would
     * happen by itself; `limit`: it was stopped.
     */
    how: z.enum(["ended", "with-agent", "waiting", "limit"]),
    cause: z.string().nullable(),
    agentId: z.string().nullable(),
    at: z.number(),
  }),
  /** What did not fit, with the number of the script's step from 0, if it is about one. */
  problems: z.array(z.object({ step: z.number().int().nullable(), message: z.string() })),
});
export type SimulationResult = z.infer<typeof SimulationResult>;
