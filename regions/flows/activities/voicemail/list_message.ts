import { AntiphonError } from "../../../../protocol/errors/antiphon_error.ts";
import { PhoneNumber } from "../../../../protocol/ids/names.ts";
import { listContact } from "../../../interactions/list_contact.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import type { FlowStep } from "../../engine/flow_step.ts";

/** A message and the queue whose agents shall answer it. */
export interface ListedMessage {
  queueId: string;
  withinSeconds: number;
  recordingId: string;
  seconds: string;
}

/**
 * Puts who left a message into an outbound queue; the agent who takes it sees which recording to hear,
 * and nobody is called. @throws FlowFault `not-available` without a number to call, or for a queue that calls nobody
 */
export function listMessage(step: FlowStep<unknown>, message: ListedMessage): void {
  const number = PhoneNumber.safeParse(step.it.contact);
  if (!number.success) throw new FlowFault("not-available", "The caller has no number to call");
  const { queueId, withinSeconds, recordingId, seconds } = message;
  try {
    listContact(step.t, {
      interactionId: step.t.context.newId(),
      ...{ queueId, withinSeconds, number: number.data, contactName: step.it.contactName },
      ...{ kind: "voicemail", priority: 0, requirements: [] },
      variables: { recordingId, recordingSeconds: seconds, messageFrom: step.it.id },
    });
  } catch (error) {
    if (!(error instanceof AntiphonError)) throw error;
    throw new FlowFault("not-available", error.message);
  }
}
