import { durable } from "./durable/durable.ts";

/** The benches that need no platform, by name. */
export const CORE_BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  durable,
};
