import { numbersOf } from "../../../protocol/configuration/entry_point.ts";
import type { QueueConfiguration } from "../../../protocol/configuration/queue_configuration.ts";
import type { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import type { CheckContext } from "./check_context.ts";

/** Who is called back sees a number of the tenant's, in hours that there are. */
export function checkCallbacks(check: CheckContext, path: string, queue: QueueConfiguration): void {
  const { callerId, window } = queue.callback;
  checkOwnNumber(check, check.document, `${path}.callback.callerId`, callerId);
  const at = `${path}.callback.window.businessHoursId`;
  check.refer(at, window?.businessHoursId, check.businessHours, "business hours");
}

/** Reports a number that is none of the tenant's entry points'; one that is left out is fine. */
export function checkOwnNumber(
  check: Pick<CheckContext, "report">,
  { entryPoints }: TenantConfiguration,
  path: string,
  number: string | undefined,
): void {
  const isOurs = entryPoints.some((point) => numbersOf(point).includes(number ?? ""));
  if (number === undefined || isOurs) return;
  check.report(path, "reference_unknown", "Name the number of one of your entry points");
}
