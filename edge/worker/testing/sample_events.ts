import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { AgentView, DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";

/** An agent's view; `since` tells one from another in tests. */
export function sampleAgent(since: number): AgentView {
  return {
    id: "anna",
    name: "Anna",
    state: "available",
    idleCode: null,
    since,
    softphoneConnected: false,
  };
}

/** An event that carries `n`. */
export function sampleEvent(n: number): AgentEvent {
  return { type: "agent.changed", agent: sampleAgent(n) };
}

/** A snapshot that carries `n`. */
export function sampleSnapshot(n: number): DesktopSnapshot {
  return {
    agent: sampleAgent(n),
    offers: [],
    assignments: [],
    messages: [],
    idleCodes: [],
    wrapUpCodes: [],
  };
}
