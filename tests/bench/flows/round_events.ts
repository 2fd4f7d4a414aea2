import type { TenantCommand } from "../../../regions/tenants/tenant_command.ts";
import { NUMBER } from "../../../regions/testing/tenant_harness.ts";

/** What a PoP tells of one call. */
export function told(
  callId: string,
  event: Extract<TenantCommand, { type: "call-event" }>["event"],
): TenantCommand {
  return { type: "call-event", popId: "FRA", callId, event };
}

/** The commands that bring a caller to the menu. */
export function arrives(callId: string, newId: () => string): TenantCommand[] {
  return [
    told(callId, {
      ...{ type: "call.offered", from: "+4930123456", to: NUMBER, transport: "sip-udp" },
      ...{ legId: newId(), trunkId: newId() },
    }),
    told(callId, { type: "call.answered", codec: "PCMU" }),
  ];
}

/** The caller types at the step that asked. */
export function types(callId: string, step: number, digits: string): TenantCommand {
  const commandId = `${callId}:flow:${step}`;
  const event = { type: "call.collected", commandId, digits, sealed: null } as const;
  return told(callId, { ...event, outcome: "complete" });
}

/** The prompt of a step was heard. */
export function hears(callId: string, step: number): TenantCommand {
  return told(callId, {
    ...{ type: "call.played", commandId: `${callId}:flow:${step}`, outcome: "completed" },
  });
}
