import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ClusterId, RegionId } from "../../protocol/ids/names.ts";

const Environment = z.object({
  HOSTNAME: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535),
  CLUSTER_ID: ClusterId,
  REGION: RegionId,
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "a postgres:// URL"),
  SERVICE_KEY_FILE: z.string().min(1),
  CFG_PUBLISHER: z.string().min(1),
  SECRETS_KEY: z.string().min(1),
  EGRESS_ALLOW: z.string().default(""),
  /** PEM certificates of the authorities of hosts in EGRESS_ALLOW, if not the usual ones. */
  EGRESS_CA_FILE: z.string().min(1).optional(),
  /** Events between two snapshots of a tenant at least. */
  SNAPSHOT_EVERY: z.coerce.number().int().min(100).max(1_000_000).default(5_000),
  /** Days that a record of the log is kept at least. */
  LOG_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  /** Days that traces of flows are kept. */
  TRACE_DAYS: z.coerce.number().int().min(1).max(365).default(7),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});
export type Environment = z.infer<typeof Environment>;

/**
 * Reads the cell's settings.
 * @throws AntiphonError `configuration_invalid` naming every variable that is wrong
 */
export function readEnvironment(env: Record<string, string>): Environment {
  const parsed = Environment.safeParse(env);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new AntiphonError("configuration_invalid", `Set the environment: ${wrong.join("; ")}`);
}
