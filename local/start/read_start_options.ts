import { parseArgs } from "node:util";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** The edge's port after the base, and a port that fetch refuses (Fetch standard, "bad port"). */
const EDGE = 80;
const AMANDA = 10_080;
const SIP_ADDRESS = /^(udp|tcp):[0-9.]+:[0-9]{1,5}$/;

const Options = z.object({
  "port-base": z.coerce.number().int()
    .refine(
      (base) => base + EDGE !== AMANDA,
      "browsers open no page at port 10080, the edge's then",
    )
    .default(7000),
  data: z.string().min(1).default(".antiphon"),
  "extra-sip": z.array(z.string().regex(SIP_ADDRESS, "write it as udp:10.0.0.1:5060")).default([]),
  "log-level": z.enum(["debug", "info", "warn", "error"]).default("info"),
  seed: z.boolean().default(true),
  standby: z.boolean().default(true),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
});
export type StartOptions = z.infer<typeof Options>;

/** How to use the start. */
export const START_USAGE = `Runs the whole platform on this machine. Ctrl-C stops it.
  --port-base N      the control plane's port; all others follow from it (7000)
  --data DIR         where data, secrets and logs are kept (.antiphon)
  --no-seed          without the demo tenant
  --no-standby       one site a cluster: nothing fails over, less memory
  --json             one JSON object a line instead of words
  --extra-sip ADDR   one more SIP address for Frankfurt, udp:10.0.0.1:5060; may be repeated
  --log-level LEVEL  debug, info, warn or error (info)
`;

/**
 * Reads the start's command line.
 * @throws AntiphonError `invalid_request` naming each option that does not fit
 */
export function readStartOptions(args: readonly string[]): StartOptions {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        "port-base": text,
        data: text,
        "extra-sip": { ...text, multiple: true },
        "log-level": text,
        seed: flag,
        standby: flag,
        json: flag,
        help: { ...flag, short: "h" },
      },
    }).values;
  } catch (cause) {
    throw new AntiphonError("invalid_request", `${(cause as Error).message}. See --help`, {
      cause,
    });
  }
  const read = Options.safeParse({ ...values });
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`);
  throw new AntiphonError("invalid_request", `${wrong.join("; ")}. See --help`);
}
