import type { Effect } from "../../effects/effect.ts";
import type { ScriptStep } from "../../../protocol/flow/flow_simulation.ts";
import { compileFlow } from "../engine/compile_flow.ts";
import type { SimulatedWorld } from "./simulated_world.ts";
import { SIMULATION_LIMITS } from "./simulation_limits.ts";

type Request = Extract<Effect, { to: "service" }>;
type ServiceStep = Extract<ScriptStep, { service: unknown }>["service"];

/** Stands for what was encrypted at its source. */
export const SEALED = "simulated";

/** A service that the script says nothing of does not answer well, at once. */
const UNSCRIPTED = { fail: "not-simulated", afterSeconds: 0, status: 200, values: {} };

/**
 * Answers a flow's request as the script says.
 *
 * @param next The script's next step, if it is about a service.
 * @returns whether that step was it
 */
export function answerService(
  world: SimulatedWorld,
  { interactionId, step, request }: Request,
  next: ServiceStep | undefined,
): boolean {
  const activityId = activityOf(world, step);
  if (world.asked.length < SIMULATION_LIMITS.told) {
    world.asked.push({ at: world.at, activityId, request });
  }
  const meant = next !== undefined && (next.activityId ?? activityId) === activityId;
  if (!meant) {
    world.problem(null, `"${activityId}" asked a service that the script does not answer`);
  }
  const answer = meant ? next : UNSCRIPTED;
  world.agenda.add(world.at + answer.afterSeconds * 1000, () =>
    world.send({
      ...{ type: "flow-answered", interactionId, step },
      answer: "answer" in answer && answer.answer !== undefined
        ? answer.answer
        : httpAnswer(world, answer),
    }));
  return meant;
}

function httpAnswer(world: SimulatedWorld, answer: typeof UNSCRIPTED | ServiceStep) {
  const { fail, status, values, afterSeconds } = answer;
  const sensitive = new Set(world.it?.variableLists.sensitive);
  const all = Object.entries(values);
  return {
    outcome: fail === undefined ? "answered" : fail === "timeout" ? "timeout" : "failed",
    status: fail === undefined ? status : null,
    code: fail ?? null,
    duration: Math.round(afterSeconds * 1000),
    values: Object.fromEntries(all.filter(([name]) => !sensitive.has(name))),
    sealed: Object.fromEntries(
      all.filter(([name]) => sensitive.has(name)).map(([name]) => [name, SEALED]),
    ),
  };
}

/** The activity whose step it is: the last one traced is, unless handlers run beside it. */
function activityOf({ it, trace, configuration }: SimulatedWorld, step: number): string {
  const line = it && [it.flow, ...it.flow.handlers].find((thread) => thread.step === step);
  const document = configuration.flows.get(line?.version ?? "");
  const known = document && compileFlow(document).activities.has(line?.activityId ?? "");
  if (known) return line!.activityId!;
  return trace.findLast(({ item }) => item.step === step)?.item.activityId ?? "";
}
