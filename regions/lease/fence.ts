import type { Lease } from "./lease.ts";

/** What everything that leaves a cell has to pass last. */
export interface Fence {
  lease: Pick<Lease, "check">;
  epoch: number;
}

/** Header by which a receiver can tell an older holder's requests from the present one's. */
export const EPOCH_HEADER = "antiphon-epoch";

/**
 * The last thing before a request goes out: the headers that it carries.
 * @throws AntiphonError `not_active` when the lease does not hold at this moment
 */
export function passFence({ lease, epoch }: Fence): Record<string, string> {
  lease.check();
  return { [EPOCH_HEADER]: String(epoch) };
}
