import { UPCASTERS } from "./upcasters.ts";

/** Version that events are written with: one more than the oldest for each upcaster. */
export const LOG_VERSION = 1 + UPCASTERS.length;
