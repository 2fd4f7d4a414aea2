import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { NUMBER } from "./tenant_harness.ts";

const newId = uuidV7();

/**
 * Sends a caller through the example's menu. All is decided when it returns; it is durable once
 * `done` resolves.
 */
export function sendCaller(
  runner: TenantRunner,
  digits = "1",
): { id: string; done: Promise<unknown> } {
  const callId = newId();
  const events: CallEvent[] = [
    {
      ...{ type: "call.offered", legId: newId(), trunkId: newId() },
      ...{ from: "+4930123456", to: NUMBER, transport: "sip-udp" },
    },
    { type: "call.answered", codec: "PCMU" },
    {
      type: "call.collected",
      commandId: `${callId}:flow:1`,
      digits,
      sealed: null,
      outcome: "complete",
    },
  ];
  const done = Promise.all(
    events.map((event) => runner.submit({ type: "call-event", popId: "FRA", callId, event })),
  );
  return { id: callId, done };
}
