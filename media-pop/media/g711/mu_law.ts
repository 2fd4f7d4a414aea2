import { MU_LAW_TABLES } from "../../../protocol/audio/mu_law_tables.ts";
import type { Codec } from "./codec.ts";

/** µ-law as RTP carries it. */
export const MU_LAW: Codec = { name: "PCMU", payloadType: 0, silence: 0xff, ...MU_LAW_TABLES };
