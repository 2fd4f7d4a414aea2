import { type Interaction, kindOf } from "./interaction.ts";

/**
 * When a conversation is closed because nobody touches it (epoch ms); null for calls, and while its
 * flow waits for a time of its own.
 */
export function idleAt(it: Interaction): number | null {
  const flowWaits = it.phase === "flow" && it.flow.deadline !== null;
  return kindOf(it.channel) === "digital" && !flowWaits ? it.idleUntil : null;
}
