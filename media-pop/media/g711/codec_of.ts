import { A_LAW } from "./a_law.ts";
import type { Codec } from "./codec.ts";
import { MU_LAW } from "./mu_law.ts";

/** The codec of an RTP payload type, undefined if it is not G.711. Constant time, no allocation. */
export function codecOf(payloadType: number): Codec | undefined {
  return payloadType === 0 ? MU_LAW : payloadType === 8 ? A_LAW : undefined;
}
