import type { Lease } from "./lease.ts";

/** The lease of a cluster that is one database and one process: nobody else can hold it. */
export const ALWAYS_HELD: Lease = {
  held: true,
  check: () => {},
  ended: new Promise(() => {}),
};
