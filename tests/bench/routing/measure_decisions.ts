import { percentile } from "../percentile.ts";
import { ContactCenter, type Size } from "./contact_center.ts";

/** What was measured; times in microseconds. */
export interface DecisionFigures {
  waiting: number;
  agents: number;
  requirements: number;
  scene: "busy" | "mismatched";
  decisions: number;
  decisionsPerSecond: number;
  p50: number;
  p99: number;
  max: number;
  /** An agent frees up, and work is found for them. */
  freedP99: number;
  /** A contact arrives, and an agent is found for them. */
  arrivalP99: number;
}

/** Contacts that go through one measurement, of four decisions each. */
const CONTACTS = 5000;

/**
 * Measures every decision of contacts going through a contact centre that always has so many
 * waiting: arrival, wrap-up that frees an agent (who is offered the next), acceptance, end. In the
 * scene "busy" all agents have a contact. In "mismatched" nobody can take those who wait, and all
 * agents are free: a scan would walk all contacts for each agent and all agents for each contact.
 */
export function measureDecisions(
  size: Size & { waiting: number; scene: DecisionFigures["scene"] },
): DecisionFigures {
  const center = new ContactCenter(size);
  const mismatched = size.scene === "mismatched";
  for (let n = 0; n < size.agents; n++) center.signIn(n);
  for (let i = 0; i < size.waiting; i++) center.send(center.arrival(mismatched));
  for (let n = 0; n < size.agents; n++) center.available(n);
  if (!mismatched) {
    for (const agent of center.state.agents.values()) accept(center, agent.id);
    while (waiting(center) < size.waiting) center.send(center.arrival());
  }
  const times: number[] = [];
  const freed: number[] = [];
  const arrivals: number[] = [];
  const timed = (into: number[], run: () => void) => {
    const start = performance.now();
    run();
    const micros = (performance.now() - start) * 1000;
    times.push(micros);
    into.push(micros);
  };
  // The first tenth warms the compiler up.
  for (let i = -CONTACTS / 10; i < CONTACTS; i++) {
    if (i === 0) times.length = freed.length = arrivals.length = 0;
    const arrival = center.arrival();
    let agentId = "";
    if (mismatched) {
      timed(arrivals, () => {
        for (const event of center.send(arrival).events) {
          if (event.type === "offer.made") agentId = event.agentId;
        }
      });
      if (agentId === "") continue;
      timed([], () => accept(center, agentId));
    } else {
      timed(arrivals, () => center.send(arrival));
      agentId = `agent-${Math.floor(center.random() * size.agents)}`;
    }
    const [interactionId] = center.state.agents.get(agentId)!.assigned;
    if (!interactionId) continue;
    timed([], () =>
      center.send({
        type: "agent",
        agentId,
        command: { type: "interaction.end", interactionId },
      }));
    timed(freed, () =>
      center.send({
        type: "agent",
        agentId,
        command: { type: "interaction.wrap-up", interactionId, code: "done" },
      }));
    if (!mismatched) timed([], () => accept(center, agentId));
  }
  const total = times.reduce((sum, micros) => sum + micros, 0);
  return {
    waiting: size.waiting,
    agents: size.agents,
    requirements: size.requirements,
    scene: size.scene,
    decisions: times.length,
    decisionsPerSecond: Math.round(times.length / total * 1e6),
    p50: round(percentile(times, 50)),
    p99: round(percentile(times, 99)),
    max: round(Math.max(...times)),
    freedP99: round(percentile(freed, 99)),
    arrivalP99: round(percentile(arrivals, 99)),
  };
}

function accept(center: ContactCenter, agentId: string): void {
  const agent = center.state.agents.get(agentId)!;
  const offer = center.state.interactions.get(agent.offeredInteractionId ?? "")?.offer;
  if (!offer) return;
  center.send({
    type: "agent",
    agentId,
    command: { type: "offer.accept", offerId: offer.offerId },
  });
}

function waiting(center: ContactCenter): number {
  let count = 0;
  for (let i = 0; i < 20; i++) count += center.state.routing.waitingIn(`queue-${i}`).size;
  return count;
}

function round(micros: number): number {
  return Math.round(micros * 10) / 10;
}
