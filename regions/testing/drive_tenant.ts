import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { randomCommand } from "./random_command.ts";

/** A generator of numbers from 0 to `below` - 1, the same for the same seed. */
export function drawFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
}

/** Submits random commands one after the other; refusals are part of it. */
export async function driveTenant(
  runner: TenantRunner,
  seed: number,
  commands: number,
): Promise<void> {
  const draw = { pick: drawFrom(seed), newId: uuidV7(), at: Date.now };
  for (let i = 0; i < commands; i++) {
    try {
      await runner.submit(randomCommand(runner.state, draw));
    } catch (error) {
      const refused = error instanceof AntiphonError && error.code !== "database_unavailable";
      if (!refused) throw error;
    }
  }
}
