import assert from "node:assert/strict";
import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import { type Draft, NUMBER, TenantHarness } from "./tenant_harness.ts";

/** A caller in the flow "welcome", which begins at "a" and has the end "end"; for tests. */
export function voiceFlow(
  activities: Record<string, unknown>,
  change: (draft: Draft) => void = () => {},
) {
  const h = new TenantHarness((draft) => {
    draft.flows[0].start = "a";
    draft.flows[0].activities = { end: { type: "hang-up" }, ...activities };
    change(draft);
  });
  const callId = h.newId();
  const [legId, trunkId] = [h.newId(), h.newId()];
  const place = { from: "+49301", to: NUMBER, transport: "sip-udp" } as const;
  h.call(callId, { type: "call.offered", legId, trunkId, ...place });
  h.call(callId, { type: "call.answered", codec: "PCMU" });
  let last = "";
  return {
    h,
    callId,
    /** The one command of a type that the PoP was given since last asked. */
    command<T extends CallCommand["type"]>(type: T): Extract<CallCommand, { type: T }> {
      const found = h.takeEffects("pop").filter((effect) =>
        effect.to === "pop" && effect.command.type === type
      );
      assert.equal(found.length, 1, `one ${type}`);
      const [effect] = found;
      assert.ok(effect.to === "pop" && effect.commandId !== last, "each command has its own id");
      last = effect.commandId;
      return effect.command as Extract<CallCommand, { type: T }>;
    },
    /** The PoP tells how that command went. */
    collected(told: Partial<Extract<CallEvent, { type: "call.collected" }>>): void {
      h.call(callId, {
        ...{ type: "call.collected", commandId: last, digits: null, sealed: null },
        ...{ outcome: "complete", ...told },
      });
    },
    played(outcome: "completed" | "failed", code?: string): void {
      h.call(callId, { type: "call.played", commandId: last, outcome, code });
    },
    get at(): string | null {
      return h.interaction(callId).flow.activityId;
    },
    get variables(): Readonly<Record<string, string>> {
      return h.interaction(callId).flow.variables;
    },
  };
}
