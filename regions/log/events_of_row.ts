import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TenantEvent } from "../tenants/tenant_event.ts";
import type { LoggedEvent } from "./logged_event.ts";
import { upcastEvent } from "./upcast/upcast_event.ts";
import type { RawBody } from "./upcast/upcasters.ts";

/** A row of the log as it is stored. */
export interface LogRow {
  seq: number;
  /** Epoch ms. */
  at: number;
  /** Version of the vocabulary that `body` was written with. */
  version: number;
  body: unknown;
}

/**
 * The events of a row, brought to the present version: one, or several with its number.
 * @throws AntiphonError `unavailable` when it cannot be read
 */
export function eventsOfRow({ seq, at, version, body }: LogRow): LoggedEvent[] {
  return upcastEvent(version, body as RawBody).map((raw) => ({ seq, at, event: parse(seq, raw) }));
}

function parse(seq: number, body: RawBody): TenantEvent {
  const parsed = TenantEvent.safeParse(body);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new AntiphonError(
    "unavailable",
    `Event ${seq} of the log, ${String(body.type)}, cannot be read at "${path}"`,
    { data: { seq }, cause: parsed.error },
  );
}
