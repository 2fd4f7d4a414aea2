import { createLogger } from "../../../protocol/telemetry/logger.ts";

/** The worker's logger; workerd and Cloudflare collect what is written to the console. */
export const log = createLogger({ service: "edge" });
