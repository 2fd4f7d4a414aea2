import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Lease } from "../lease/lease.ts";
import type { GroupCommitter } from "./group_committer.ts";
import { writeWithin } from "./write_within.ts";

/** What {@linkcode fencedWrite} works with. */
export interface FencedWritePorts {
  write: GroupCommitter["write"];
  lease: Pick<Lease, "check">;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
  /** A write that takes longer ends the process, in milliseconds. */
  withinMs: number;
}

/**
 * A write that counts only if the lease held before it began and still holds when it is known:
 * whoever has the cluster by then may not have it.
 * @throws AntiphonError `stale_epoch` when it does not, or when the write took too long
 */
export function fencedWrite(
  { write, lease, timer, withinMs }: FencedWritePorts,
): GroupCommitter["write"] {
  const check = () => {
    try {
      lease.check();
    } catch (cause) {
      throw new AntiphonError("stale_epoch", "The lease ended: nothing is acknowledged any more", {
        cause,
      });
    }
  };
  return async (units, delivered) => {
    check();
    await writeWithin(write(units, delivered), withinMs, timer);
    check();
  };
}
