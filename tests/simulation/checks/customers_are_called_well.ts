import type { TenantEventOf } from "../../../regions/tenants/tenant_event.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { TenantView } from "./decision_observer.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Longest time that a command to call is carried out after it was decided, in ms. */
const LATE = 15_000;

/**
 * Nobody has two calls of ours at once, wherever they were begun; nobody is called oftener than the
 * queue says, before the pause between two calls is over, or outside its hours; and a call is begun
 * once, and only when it was decided on shortly before.
 */
export function customersAreCalledWell(world: Surroundings): Observer {
  /** Calls that stand, by tenant and number. */
  const standing = new Map<string, string>();
  const decided = new Map<string, { at: number; number: string }>();
  const last = new Map<string, number>();
  const attempts = new Map<string, number>();
  const fail = (what: string) => {
    throw new Violation("customers-are-called-well", what);
  };
  return {
    beforeEvent(view, event) {
      if (event.type === "interaction.attempt-failed") last.set(event.interactionId, view.at);
      if (event.type === "interaction.made-virtual") {
        // Whoever was reached may ask for another call: that begins anew.
        last.delete(event.interactionId);
        attempts.delete(event.interactionId);
      }
      if (event.type !== "interaction.dialled") return;
      const { interactionId, callId, number } = event;
      decided.set(callId, { at: view.at, number });
      const made = (attempts.get(interactionId) ?? 0) + 1;
      attempts.set(interactionId, made);
      const why = mayNotCall(view, event, made, last.get(interactionId));
      if (why) fail(`${interactionId} is called ${why}`);
    },
    fact(fact) {
      if (fact.type !== "customer-called" && fact.type !== "customer-left") return;
      const key = `${fact.tenantId} ${fact.number}`;
      if (fact.type === "customer-left") return void standing.delete(key);
      const call = decided.get(fact.callId);
      if (call?.number !== fact.number) fail(`${fact.callId} was not decided on`);
      if (world.queue.now > call!.at + LATE) fail(`${fact.callId} is begun too late`);
      if (standing.has(key)) fail(`${key} has two calls: ${standing.get(key)} and ${fact.callId}`);
      standing.set(key, fact.callId);
    },
    atEnd() {
      for (const key of standing.keys()) fail(`${key} is on the line for ever`);
    },
  };
}

/** Why a contact may not be called now, by the configuration alone; null if they may. */
function mayNotCall(
  { state, configuration: { document }, at }: TenantView,
  { interactionId }: TenantEventOf<"interaction.dialled">,
  made: number,
  failedAt: number | undefined,
): string | null {
  const { queueId } = state.interactions.get(interactionId)!.place!;
  const policy = document.queues.find((queue) => queue.id === queueId)!.callback;
  if (made > policy.attempts) return "too often";
  if (failedAt !== undefined && at < failedAt + policy.minutesBetweenAttempts * 60_000) {
    return "too soon";
  }
  if (!policy.window) return null;
  // The hours of these worlds are those of a Monday morning in UTC.
  const hours = document.businessHours.find(({ id }) => id === policy.window!.businessHoursId)!;
  const [{ from, to }] = hours.weekly[0].times;
  const now = new Date(at).toISOString().slice(11, 16);
  const open = now >= from && now < to && now >= policy.window.from && now < policy.window.until;
  return open ? null : "outside its hours";
}
