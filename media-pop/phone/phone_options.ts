import { parseArgs } from "node:util";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

const Options = z.object({
  to: z.string().regex(/^[+0-9A-Za-z*#._-]{1,64}$/),
  from: z.string().regex(/^[+0-9A-Za-z*#._-]{1,64}$/).default("+4915100000"),
  sip: z.string().regex(/^[^\s:]+:\d{1,5}$/, "write it as 127.0.0.1:5060"),
  transport: z.enum(["udp", "tcp"]).default("udp"),
  local: z.string().default("127.0.0.1"),
  digits: z.string().regex(/^[0-9*#A-D]{0,32}$/).default(""),
  "digits-after": z.coerce.number().int().min(0).max(600_000).default(1500),
  tone: z.coerce.number().min(0).max(3900).default(440),
  wav: z.string().optional(),
  seconds: z.coerce.number().min(1).max(14_400).default(30),
  json: z.boolean().default(false),
});

/** What a test phone is told to do. */
export type PhoneOptions = z.infer<typeof Options>;

/** How to use the test phone. */
export const PHONE_USAGE = `Places one real call with real audio.
  --to NUMBER --sip HOST:PORT [--from NUMBER] [--transport udp|tcp] [--local ADDRESS]
  [--digits 1] [--digits-after MS] [--tone HZ (0: silence) | --wav FILE] [--seconds N] [--json]
Over TCP the system picks the source address; --local then is where audio is received.
Digits are sent that long after the answer. Ends by itself after --seconds, counted from the start.
Exit code: 0 answered, 1 not answered, 2 wrong usage.`;

/**
 * Reads the test phone's command line.
 * @throws AntiphonError `invalid_request` naming each option that does not fit
 */
export function readPhoneOptions(args: string[]): PhoneOptions {
  const text = { type: "string" } as const;
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args,
      options: {
        to: text,
        from: text,
        sip: text,
        transport: text,
        local: text,
        digits: text,
        "digits-after": text,
        tone: text,
        wav: text,
        seconds: text,
        json: { type: "boolean" },
      },
    }).values;
  } catch (cause) {
    throw new AntiphonError("invalid_request", (cause as Error).message, { cause });
  }
  const read = Options.safeParse({ ...values });
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`);
  throw new AntiphonError("invalid_request", problems.join("; "));
}
