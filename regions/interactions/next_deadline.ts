import { idleAt } from "./idle_at.ts";
import type { Interaction } from "./interaction.ts";

/** When something is next due for an interaction, epoch ms; null if nothing ever is. O(1). */
export function nextDeadline(it: Interaction): number | null {
  let next = Infinity;
  const consider = (at: number | null | undefined) => {
    if (at !== null && at !== undefined && at < next) next = at;
  };
  if (it.call && !it.call.ended) consider(it.call.hangUpBy);
  for (const handler of it.flow.handlers) consider(handler.deadline);
  switch (it.phase) {
    case "flow":
    case "connecting":
    case "dialling":
    case "connected":
    case "interrupted":
    case "outside":
      consider(it.flow.deadline);
      break;
    case "queued":
      consider(it.flow.deadline);
      consider(it.place!.until);
      consider(it.place!.groups[it.place!.groupsJoined]?.at);
      consider(it.place!.relaxation[0]?.at);
      if (it.virtual) consider(it.callback?.windowEnds);
      break;
    case "postponed":
      consider(it.place?.until);
      consider(it.flow.deadline);
      // While a call stands its end is what is waited for.
      if (!it.call || it.call.ended) consider(it.callback?.notBefore);
      break;
    case "offered":
      consider(it.offer!.expiresAt);
      break;
    case "wrap-up":
      consider(it.wrapUpUntil);
      break;
  }
  if (it.phase === "connected") {
    consider(it.timers.contactIdleAt);
    if (!it.timers.overdue) consider(it.timers.responseDue);
  }
  // A virtual contact who is called, or written for, is the agent's to end.
  if (it.phase !== "wrap-up") consider(idleAt(it));
  return next === Infinity ? null : next;
}
