import { A_LAW } from "./a_law.ts";
import type { Codec } from "./codec.ts";
import { MU_LAW } from "./mu_law.ts";

const IDENTITY = Uint8Array.from({ length: 256 }, (_, code) => code);
const MU_TO_A = compose(MU_LAW, A_LAW);
const A_TO_MU = compose(A_LAW, MU_LAW);

/**
 * The 256-byte table that turns a code word of one law into the nearest of the other (ITU-T G.711
 * tables 3 and 4). The identity when both are the same.
 */
export function transcodingTable(from: Codec, to: Codec): Uint8Array {
  if (from === to) return IDENTITY;
  return from === MU_LAW ? MU_TO_A : A_TO_MU;
}

function compose(from: Codec, to: Codec): Uint8Array {
  return Uint8Array.from(from.decode, (sample) => to.encode[sample & 0xffff]);
}
