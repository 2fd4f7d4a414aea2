import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

const Environment = z.object({
  HOSTNAME: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "a postgres:// URL"),
  SERVICE_KEY_FILE: z.string().min(1),
  DEPLOYMENT_FILE: z.string().min(1),
  OPERATOR_CLIENT_ID: z.string().min(1).max(128),
  OPERATOR_CLIENT_SECRET: z.string().min(8, "at least 8 characters").max(256),
  SECRETS_KEY: z.string().regex(/^[A-Za-z0-9_-]{43}=?$/, "32 bytes as base64url"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});
export type Environment = z.infer<typeof Environment>;

/**
 * Reads the control plane's settings.
 * @throws AntiphonError `configuration_invalid` naming every variable that is wrong
 */
export function readEnvironment(env: Record<string, string>): Environment {
  const parsed = Environment.safeParse(env);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new AntiphonError("configuration_invalid", `Set the environment: ${wrong.join("; ")}`);
}
