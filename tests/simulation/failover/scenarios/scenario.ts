import type { World } from "../world/world.ts";

/** One named fault. */
export interface Scenario {
  name: string;
  /** It takes minutes of the world's time. */
  long?: boolean;
  /** Has the fault happen from now on. Returns after how many ms all faults are to end. */
  play(world: World): number;
  /** What else must hold in the end. */
  judge?(world: World, fail: (check: string, message: string) => void): void;
}
