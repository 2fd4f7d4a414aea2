import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

const Environment = z.object({
  HOSTNAME: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  EDGE_ID: z.string().regex(/^[A-Za-z0-9-]{1,32}$/),
  CONTROL_PLANE_URL: z.url({ protocol: /^https?$/ }),
  SERVICE_KEY_FILE: z.string().min(1),
  /** Public keys of the control plane, as a JSON array: what none of them signed is refused. */
  CONTROL_PLANE_KEYS_FILE: z.string().min(1),
  STATE_DIR: z.string().min(1),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

/** How the edge's process was started. */
export type EdgeEnvironment = z.infer<typeof Environment>;

/**
 * Reads the environment.
 * @throws AntiphonError `configuration_invalid` naming every variable that does not fit
 */
export function readEdgeEnvironment(from: Record<string, string | undefined>): EdgeEnvironment {
  const parsed = Environment.safeParse(from);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((i) => `${i.path.map(String).join(".")}: ${i.message}`);
  throw new AntiphonError("configuration_invalid", `Correct the environment. ${wrong.join("; ")}`);
}
