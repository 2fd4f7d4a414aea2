import type { Transition } from "../tenants/transition.ts";
import { type Interaction, kindOf } from "./interaction.ts";

/**
 * When an agent who is given a conversation must have written (epoch ms): within the queue's first
 * response time if nobody has written yet, within its follow-up time if the contact wrote last.
 */
export function responseDue(t: Transition, it: Interaction): number | null {
  if (kindOf(it.channel) === "voice") return null;
  const queue = t.configuration.queues.get(it.place?.queueId ?? "");
  const seconds = it.firstResponseAt === null
    ? queue?.firstResponseSeconds
    : it.timers.responseDue === null
    ? undefined
    : queue?.followUpSeconds;
  return seconds === undefined ? null : t.at + seconds * 1000;
}
