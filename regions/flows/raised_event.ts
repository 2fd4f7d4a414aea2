import type { FlowEventName } from "../../protocol/flow/flow_event_name.ts";

/** Something that happened to an interaction, for its flow's handlers. */
export interface RaisedEvent {
  interactionId: string;
  event: FlowEventName;
  /** Which custom event. */
  name: string | undefined;
  /** The agent concerned. */
  agentId: string | null;
}
