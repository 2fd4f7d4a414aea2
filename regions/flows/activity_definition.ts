import type { z } from "zod";
import type { FlowStep } from "./engine/flow_step.ts";
import type { Outcome } from "./engine/outcome.ts";
import type { StepAnswer } from "./engine/step_answer.ts";

/** One kind of activity: what it looks like in a document, and what it does. */
// deno-lint-ignore no-explicit-any
export interface ActivityDefinition<S extends z.ZodObject = any> {
  /** A strict object with a literal `type`. */
  readonly schema: S;
  readonly kinds: readonly ("voice" | "digital")[];
  /** Whether event handlers may run it: those have no caller's ear and no queue. */
  readonly inHandlers: boolean;
  /**
   * What it does when an offer that broke into it came to nothing: it begins again, as prompts do,
   * or goes on waiting for what it has asked for already.
   */
  readonly resumes?: "again" | "waiting";
  /**
   * Whether time passes in it, whatever happens: a loop must lead through one that waits. `maybe`
   * is asked of `waitsIn`, or looked for in the flow that it calls; without either it counts as never.
   */
  readonly waits: "always" | "never" | "maybe";
  /** Whether time passes in one that stands like this in a flow, unless it fails; else as `waits` says. */
  waitsIn?(activity: z.infer<S>): boolean;
  /** @throws FlowFault when it cannot do what it should */
  enter(step: FlowStep<z.infer<S>>): Outcome;
  /**
   * Takes what it waited for; null when this is not it.
   * @throws FlowFault as `enter` does
   */
  heard?(step: FlowStep<z.infer<S>>, answer: StepAnswer): Outcome | null;
}
