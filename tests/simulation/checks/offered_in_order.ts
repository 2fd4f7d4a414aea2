import type { TenantEvent } from "../../../regions/tenants/tenant_event.ts";
import { contactTerms } from "../reference/contact_terms.ts";
import { Declines } from "../reference/declines.ts";
import { mayNotTake } from "../reference/may_take.ts";
import { proficiency, skillsOf } from "../reference/skills_of.ts";
import { servesBefore } from "../reference/serves_before.ts";
import type { TenantView } from "./decision_observer.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/**
 * An offer goes to an agent who may have it, of a contact before whom nobody is to be served that
 * this agent may take, and to the agent who comes first among those who may take it.
 */
export function offeredInOrder(): Observer {
  const declines = new Declines();
  return {
    beforeEvent(view, event) {
      const waits = "interactionId" in event &&
        view.state.interactions.get(event.interactionId)?.phase === "queued";
      const reserves = event.type === "interaction.dialled" && event.agentLegId === null;
      if (event.type === "offer.made" || (reserves && waits)) check(view, event, declines);
      declines.see(view, event);
    },
  };
}

function check(
  view: TenantView,
  event: Extract<TenantEvent, { type: "offer.made" | "interaction.dialled" }>,
  declines: Declines,
): void {
  const { state, configuration } = view;
  const it = state.interactions.get(event.interactionId);
  const agent = state.agents.get(event.agentId);
  if (it?.phase !== "queued" || !agent) {
    throw new Violation("offers-to-the-able", `${event.interactionId} is ${it?.phase}, offered`);
  }
  const why = mayNotTake(view, declines, agent, it);
  if (why) throw new Violation("offers-to-the-able", `${it.id} offered to ${agent.id}, who ${why}`);
  const terms = contactTerms(it);
  for (const other of state.interactions.values()) {
    if (other.phase !== "queued" || other === it) continue;
    if (!servesBefore(contactTerms(other), terms)) continue;
    if (mayNotTake(view, declines, agent, other)) continue;
    throw new Violation("serves-in-order", `${it.id} offered to ${agent.id} before ${other.id}`);
  }
  const rank = (id: string) =>
    terms.selection === "best-available"
      ? proficiency(skillsOf(configuration.document, id), terms.requirements)
      : 0;
  for (const other of state.agents.values()) {
    const sooner = rank(other.id) > rank(agent.id) ||
      (rank(other.id) === rank(agent.id) && other.freeSince < agent.freeSince);
    if (!sooner || mayNotTake(view, declines, other, it)) continue;
    throw new Violation("picks-the-first-agent", `${it.id} went to ${agent.id}, not ${other.id}`);
  }
}
