import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import { duration } from "../format/duration.ts";

/** One thing that is due. */
export interface DueTime {
  kind: "response" | "contact-idle" | "first-response" | "resolution";
  at: number;
  text: string;
  urgency: "" | "soon" | "late";
}

/** Less than this left is soon, in milliseconds. */
const SOON_MS = 60_000;

const WORDS: Record<DueTime["kind"], { before: string; late: string }> = {
  response: { before: "Reply due in", late: "Reply late by" },
  "contact-idle": { before: "Silent contact leaves you in", late: "Silent contact leaves you" },
  "first-response": { before: "First answer promised in", late: "First answer promised, late by" },
  resolution: { before: "Solution promised in", late: "Solution promised, late by" },
};

/** What is due in a conversation, the next first. `now` and the assignment share one clock. */
export function dueTimes(assignment: AssignmentView, now: number): DueTime[] {
  const { responseDue, contactIdleAt, serviceLevel } = assignment;
  const times: [DueTime["kind"], number | null][] = [
    ["response", responseDue],
    ["contact-idle", contactIdleAt],
    ["first-response", serviceLevel.firstResponseDue],
    ["resolution", serviceLevel.resolutionDue],
  ];
  return times.flatMap(([kind, at]): DueTime[] => {
    if (at === null) return [];
    const left = Math.ceil((at - now) / 1000) * 1000;
    if (left > 0) {
      const text = `${WORDS[kind].before} ${duration(left)}`;
      return [{ kind, at, text, urgency: left <= SOON_MS ? "soon" : "" }];
    }
    const text = kind === "contact-idle"
      ? WORDS[kind].late
      : `${WORDS[kind].late} ${duration(now - at)}`;
    return [{ kind, at, text, urgency: "late" }];
  }).sort((a, b) => a.at - b.at);
}
