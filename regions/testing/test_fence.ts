import { ALWAYS_HELD } from "../lease/always_held.ts";
import type { Fence } from "../lease/fence.ts";

/** A fence that lets everything pass, as of epoch 1. */
export const TEST_FENCE: Fence = { lease: ALWAYS_HELD, epoch: 1 };
