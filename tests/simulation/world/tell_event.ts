import type { TenantEvent } from "../../../regions/tenants/tenant_event.ts";

/** Members that make a history long and tell little. */
const QUIET = new Set(["type", "activity", "music", "queueName", "flowVersion", "variables"]);

/** An event on one line. Ids of the simulation are cut to what tells them apart. */
export function tellEvent(event: TenantEvent): string {
  const members = Object.entries(event).filter(([key, value]) => !QUIET.has(key) && value !== null);
  const told = members.map(([key, value]) => `${key}=${tell(value)}`);
  return [event.type, ...told].join(" ");
}

function tell(value: unknown): string {
  if (typeof value === "string") {
    return value.replace(/^0190[0-9a-f]{4}-0000-7([0-9a-f]{3})-8000-0{0,11}/, "$1-");
  }
  return JSON.stringify(value);
}
