import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import type { DesktopState } from "./desktop_state.ts";

const RANK: Record<AssignmentView["state"], number> = {
  calling: 0,
  connecting: 0,
  connected: 0,
  "wrap-up": 1,
};

const LATE = Number.MAX_SAFE_INTEGER;

/** The agent's assignments as the inbox lists them: live before wrap-up, calls first, then by age. */
export function inboxItems(state: DesktopState): AssignmentView[] {
  return [...state.assignments].sort((a, b) =>
    RANK[a.state] - RANK[b.state] ||
    Number(b.channel === "voice") - Number(a.channel === "voice") ||
    (a.connectedAt ?? LATE) - (b.connectedAt ?? LATE) ||
    a.interactionId.localeCompare(b.interactionId)
  );
}
