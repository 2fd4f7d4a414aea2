import { A_LAW_TABLES } from "../../../protocol/audio/a_law_tables.ts";
import type { Codec } from "./codec.ts";

/** A-law as RTP carries it. */
export const A_LAW: Codec = { name: "PCMA", payloadType: 8, silence: 0xd5, ...A_LAW_TABLES };
