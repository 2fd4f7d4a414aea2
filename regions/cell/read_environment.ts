import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ClusterId, RegionId } from "../../protocol/ids/names.ts";

const Environment = z.object({
  HOSTNAME: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535),
  CLUSTER_ID: ClusterId,
  REGION: RegionId,
  /** Where this process runs; its region, unless said otherwise. */
  SITE: RegionId.optional(),
  /** Who says whether this site may act: `none`, `keeper:<url>` or `patroni:<url>`. */
  LEASE: z.string().regex(/^(none|(keeper|patroni):https?:\/\/.+)$/).default("none"),
  /** HTTP origins of the cluster's cells by site, as JSON. */
  PEER_CELLS: z.string().default("{}").transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "JSON expected" });
      return z.NEVER;
    }
  }).pipe(z.record(RegionId, z.url())),
  /** How long a successor waits for the port that its predecessor still has, in milliseconds. */
  PORT_WAIT_MS: z.coerce.number().int().min(0).max(600_000).default(0),
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
