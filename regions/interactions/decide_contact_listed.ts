import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { requirementProblem } from "../skills/requirement_problem.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";
import { listContact } from "./list_contact.ts";

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
  const { type: _, ...contact } = command;
  if (t.state.interactions.has(contact.interactionId)) return;
  const fields = command.requirements.flatMap((requirement, i) => {
    const problem = requirementProblem(requirement, t.configuration.skills);
    return problem ? [{ path: `requirements.${i}`, ...problem }] : [];
  });
  if (fields.length > 0) {
    throw new AntiphonError("invalid_request", "Correct the fields named in errors", {
      data: { fields },
    });
  }
  listContact(t, { ...contact, kind: "outbound", variables: {} });
}
