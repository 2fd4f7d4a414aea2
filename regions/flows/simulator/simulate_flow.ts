import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { SimulationResult, SimulationScript } from "../../../protocol/flow/flow_simulation.ts";
import { configurationChanged } from "../../configuration/configuration_changed.ts";
import type { ConfigurationIndex } from "../../configuration/configuration_index.ts";
import { showTrace } from "../trace/show_trace.ts";
import { ScriptedContact } from "./scripted_contact.ts";
import { shownVariables } from "./shown_variables.ts";
import { SIMULATED_NUMBER, simulatedConfiguration } from "./simulated_configuration.ts";
import { SimulatedWorld } from "./simulated_world.ts";
import { SIMULATION_LIMITS } from "./simulation_limits.ts";

/** Who looks at the result: administrators see what is hidden from agents. */
export interface SimulationViewer {
  admin: boolean;
}

type End = SimulationResult["end"];

/**
 * Runs a flow for one contact who does as the script says, with the tenant's real machine on an
 * empty state, its configuration, a virtual clock and ids that are the same each time. Nothing is
 * stored and nothing leaves. When the script is over the contact is silent and no agent comes.
 * O(decisions); each is bounded as a flow's are.
 *
 * @param flow A document, or the id of a published flow.
 * @throws AntiphonError `not_found` without such a flow, `invalid_request` for another channel
 */
export function simulateFlow(
  configuration: ConfigurationIndex,
  flow: FlowDocument | string,
  script: SimulationScript,
  viewer: SimulationViewer = { admin: true },
): SimulationResult {
  const simulation = simulationOf(configuration, flow, script, viewer);
  for (;;) {
    const { done, value } = simulation.next();
    if (done) return value;
  }
}

/** The same, decision by decision: it can be left between two of them. */
export function* simulationOf(
  configuration: ConfigurationIndex,
  flow: FlowDocument | string,
  script: SimulationScript,
  viewer: SimulationViewer = { admin: true },
): Generator<void, SimulationResult> {
  const simulated = simulatedConfiguration(configuration, flow, script);
  const { start } = script;
  const beginning = new Date(start.at).getTime();
  const world: SimulatedWorld = new SimulatedWorld(
    simulated.configuration,
    beginning,
    (transition) => contact.react(transition),
  );
  const contact = new ScriptedContact(world, script.steps);
  world.send(configurationChanged(simulated.configuration));
  if (simulated.flow.kind === "digital") contact.write(start.text, start);
  else begin(world, start.from);
  let how: End["how"] | null = null;
  while (how === null) {
    yield;
    how = turn(world, contact, beginning + SIMULATION_LIMITS.time);
  }
  const { it, trace, heard, asked, problems } = world;
  for (let i = script.steps.length - contact.left; i < script.steps.length; i++) {
    world.problem(i, "The flow never came to where this would happen");
  }
  return {
    trace: trace.map((item) => showTrace(item, viewer)),
    ...{ heard, asked },
    variables: it ? shownVariables(it, viewer) : {},
    screenPop: it?.screenPop ?? null,
    end: { how, cause: it?.endCause ?? null, agentId: it?.agentId ?? null, at: world.at },
    problems,
  };
}

function begin(world: SimulatedWorld, from: string): void {
  world.send({
    type: "call-event",
    popId: "SIM",
    callId: world.newId(),
    event: {
      ...{ type: "call.offered", from, to: SIMULATED_NUMBER, transport: "sip-udp" },
      ...{ legId: world.newId(), trunkId: world.newId() },
    },
  });
}

/** Does the next thing; says how it ended when there is none. */
function turn(world: SimulatedWorld, contact: ScriptedContact, until: number): End["how"] | null {
  if (world.over || world.it === null) return "ended";
  const { trace, decisions, agenda } = world;
  if (trace.length >= SIMULATION_LIMITS.steps || decisions >= SIMULATION_LIMITS.decisions) {
    world.problem(null, `More than ${SIMULATION_LIMITS.steps} steps`);
    return "limit";
  }
  if (contact.takeStep()) return null;
  if (agenda.next === Infinity && talks(world)) return "with-agent";
  const next = Math.min(agenda.next, world.deadline);
  if (next === Infinity) return "waiting";
  if (next > until) {
    world.problem(null, "More than a day");
    return "limit";
  }
  world.at = Math.max(world.at, next);
  if (world.deadline > next) agenda.take()!();
  else world.send({ type: "deadline", interactionIds: [world.it.id] });
  return null;
}

/** An agent has the contact, and no handler of the flow waits for anything. */
function talks({ it }: SimulatedWorld): boolean {
  const connected = it!.phase === "connected" || it!.phase === "outside";
  return connected && it!.flow.handlers.length === 0;
}
