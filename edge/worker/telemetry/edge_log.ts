import { createLogger, type Logger } from "../../../protocol/telemetry/logger.ts";
import { type EdgeBindings, LogLevel } from "../edge_bindings.ts";

/** The edge's logger. */
export function edgeLog(env: Pick<EdgeBindings, "EDGE_ID" | "LOG_LEVEL">): Logger {
  return createLogger({ service: `edge:${env.EDGE_ID}`, level: LogLevel.parse(env.LOG_LEVEL) });
}
