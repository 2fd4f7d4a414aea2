import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { PopId } from "../../protocol/ids/names.ts";
import type { SipListener } from "../sip/transport/sip_flow.ts";

const Port = z.coerce.number().int().min(0).max(65_535);
const host = /^(?:\[[0-9a-fA-F:.%]+\]|[^\s:,]+)$/;

const Listener = z.string().transform((text, context): SipListener => {
  const parts = /^(udp|tcp):(.+):(\d{1,5})$/.exec(text.trim());
  if (!parts || !host.test(parts[2]) || Number(parts[3]) > 65_535) {
    context.addIssue("write listeners as udp:127.0.0.1:5060");
    return z.NEVER;
  }
  return {
    transport: parts[1] as SipListener["transport"],
    hostname: parts[2].replace(/^\[|\]$/g, ""),
    port: Number(parts[3]),
  };
});

const Address = z.string().transform((text, context) => {
  const parts = /^(.+):(\d{1,5})$/.exec(text.trim());
  if (!parts || !host.test(parts[1]) || Number(parts[2]) > 65_535) {
    context.addIssue("write it as 127.0.0.1:40000");
    return z.NEVER;
  }
  return { hostname: parts[1].replace(/^\[|\]$/g, ""), port: Number(parts[2]) };
});

const PortRange = z.string().regex(/^\d{1,5}-\d{1,5}$/, "write it as 30000-30999").transform(
  (text, context) => {
    const [first, last] = text.split("-").map(Number);
    if (first < 1 || last > 65_535 || last - first < 1) {
      context.addIssue("needs at least two ports");
      return z.NEVER;
    }
    return { first, last };
  },
);

const EVERYWHERE = new Set(["0.0.0.0", "::"]);

const Environment = z.object({
  HOSTNAME: z.string().min(1).default("127.0.0.1"),
  PORT: Port,
  POP_ID: PopId,
  CONTROL_PLANE_URL: z.url({ protocol: /^https?$/ }),
  SERVICE_KEY_FILE: z.string().min(1),
  /** Public keys of the control plane, as a JSON array: what none of them signed is refused. */
  CONTROL_PLANE_KEYS_FILE: z.string().min(1),
  STATE_DIR: z.string().min(1),
  /** Comma list of "transport:host:port". */
  SIP_LISTEN: z.string().min(1).transform((text) => text.split(",")).pipe(
    z.array(Listener).min(1).max(16),
  ),
  /** Even ports for RTP, odd ones for RTCP. */
  RTP_PORTS: PortRange,
  WEBRTC_LISTEN: Address,
  /** Address that carriers and browsers reach us at, where it is not the one listened on (NAT). */
  ADVERTISED_ADDRESS: z.union([z.ipv4(), z.ipv6()]).optional(),
  /**
   * Keys that recordings are encrypted with: a comma list of "id:key", each 32 bytes as base64url,
   * the first for new ones. Without it nothing is recorded.
   */
  RECORDING_KEYS: z.string().min(1).optional(),
  /** Recordings older than this are deleted. */
  RECORDING_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  /** What all recordings together may take on the disk, in GiB. */
  RECORDING_GIB: z.coerce.number().positive().max(1_000_000).default(50),
  /** Seconds that live calls get to end by themselves when the process is told to stop. */
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(14_400).default(0),
  /** Comma list of `host:port` that streams to bots may reach whatever they resolve to. */
  EGRESS_ALLOW: z.string().default("").transform((text) =>
    new Set(text.split(",").map((pair) => pair.trim()).filter(Boolean))
  ),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
}).superRefine(({ SIP_LISTEN, WEBRTC_LISTEN, ADVERTISED_ADDRESS }, context) => {
  const everywhere = [WEBRTC_LISTEN, ...SIP_LISTEN].some(({ hostname }) =>
    EVERYWHERE.has(hostname)
  );
  if (!everywhere || ADVERTISED_ADDRESS !== undefined) return;
  context.addIssue({
    code: "custom",
    path: ["ADVERTISED_ADDRESS"],
    message: "set it, since a listener takes every address",
  });
});

/** The PoP's environment, read. */
export type PopEnvironment = z.infer<typeof Environment>;

/**
 * Reads the environment.
 * @throws AntiphonError `configuration_invalid` naming each variable that does not fit
 */
export function readPopEnvironment(variables: Record<string, string>): PopEnvironment {
  const read = Environment.safeParse(variables);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new AntiphonError("configuration_invalid", `Mend the environment: ${problems.join("; ")}`);
}
