import type { LogFacts, Logger } from "../../../protocol/telemetry/logger.ts";
import type { Surroundings } from "../world/surroundings.ts";

/** Drops a cell's lines, but for errors that are nobody's plan. */
export function cellLogger(world: Surroundings): Logger {
  const look = (_event: string, facts: LogFacts = {}) => {
    if (facts.error instanceof Error) world.caught(facts.error);
  };
  const logger: Logger = {
    debug: () => {},
    info: () => {},
    warn: look,
    error: look,
    with: () => logger,
  };
  return logger;
}
