import type { Interaction } from "./interaction.ts";

/** When something is next due for an interaction, epoch ms; null if nothing ever is. O(1). */
export function nextDeadline(it: Interaction): number | null {
  let next = Infinity;
  const consider = (at: number | null | undefined) => {
    if (at !== null && at !== undefined && at < next) next = at;
  };
  if (it.call && !it.call.ended) consider(it.call.hangUpBy);
  switch (it.phase) {
    case "flow":
    case "connecting":
    case "connected":
    case "interrupted":
      consider(it.flow.deadline);
      break;
    case "queued":
      consider(it.place!.until);
      consider(it.place!.groups[it.place!.groupsJoined]?.at);
      break;
    case "offered":
      consider(it.offer!.expiresAt);
      break;
    case "wrap-up":
      consider(it.wrapUpUntil);
      break;
  }
  if (it.phase !== "wrap-up") consider(it.idleUntil);
  return next === Infinity ? null : next;
}
