import { holdBack } from "../callbacks/hold_back.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { placeInQueue } from "../queues/place_in_queue.ts";
import { findAgent } from "../routing/find_agent.ts";
import { requirementProblem } from "../skills/requirement_problem.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * Someone who is to be called is put into an outbound queue, where agents who also take inbound
 * contacts find them by the queues' relative priorities. A repeat of a live one changes nothing.
 * @throws AntiphonError `unknown_entity` for a queue that is not there or not an outbound voice queue,
 * `invalid_request` for requirements that no skill can meet
 */
export function decideContactListed(
  t: Transition,
  command: Extract<TenantCommand, { type: "contact-listed" }>,
): void {
  const { interactionId, queueId } = command;
  if (t.state.interactions.has(interactionId)) return;
  const queue = t.configuration.queues.get(queueId);
  if (!queue || queue.direction !== "outbound" || queue.kind !== "voice") {
    throw new AntiphonError("unknown_entity", "Name one of the tenant's outbound voice queues", {
      data: { queueId },
    });
  }
  const fields = command.requirements.flatMap((requirement, i) => {
    const problem = requirementProblem(requirement, t.configuration.skills);
    return problem ? [{ path: `requirements.${i}`, ...problem }] : [];
  });
  if (fields.length > 0) {
    throw new AntiphonError("invalid_request", "Correct the fields named in errors", {
      data: { fields },
    });
  }
  t.emit({
    type: "interaction.started",
    interactionId,
    channel: "voice",
    entryPointId: queue.id,
    contact: command.number,
    contactName: command.contactName,
    address: command.number,
    assetId: null,
    flowId: "none",
    flowVersion: "none",
    variables: {},
    call: null,
    idleUntil: null,
    virtual: { kind: "outbound", number: command.number },
    serviceLevel: { firstResponse: null, resolution: null },
    variableLists: { hidden: [], editable: [], reportable: [], sensitive: [] },
  });
  const it = t.state.interactions.get(interactionId)!;
  placeInQueue(t, it, queue, {
    priority: command.priority,
    music: "hold-music",
    requirements: command.requirements,
    relaxation: [],
    agentId: null,
    onUnavailable: null,
    keepsPlace: false,
    until: t.at + command.withinSeconds * 1000,
  });
  if (!holdBack(t, it)) findAgent(t, it);
}
