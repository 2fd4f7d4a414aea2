import { createLogger, type Logger } from "../../../protocol/telemetry/logger.ts";

/** A logger for tests that keeps its lines. */
export function quietLog(lines: string[] = []): Logger {
  return createLogger({ service: "edge:test", level: "debug", write: (line) => lines.push(line) });
}
