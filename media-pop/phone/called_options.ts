import { parseArgs } from "node:util";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CalledOptions } from "./take_calls.ts";

const orNone = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal("none").transform(() => null), schema]);
const milliseconds = z.coerce.number().int().min(0).max(600_000);

const Options = z.object({
  local: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1"),
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  transport: z.enum(["udp", "tcp"]).default("udp"),
  answer: orNone(
    z.coerce.number().int().refine(
      (status) => status === 200 || (status >= 300 && status <= 699),
      "200, a refusal of 300 to 699, or none",
    ),
  ).default(200),
  ring: orNone(milliseconds).default(1000),
  early: z.boolean().default(false),
  tone: z.coerce.number().min(0).max(3900).default(1000),
  codec: z.enum(["PCMU", "PCMA"]).optional(),
  digits: z.string().regex(/^[0-9*#A-D]{0,32}$/).default(""),
  talk: milliseconds.default(0),
});

/** How to use the called phone. */
export const CALLED_USAGE = `Waits for calls, with real audio; a line of JSON for all that happens.
  [--local ADDRESS] [--port N (0: any)] [--transport udp|tcp] [--answer 200|486|...|none]
  [--ring MS|none] [--early] [--tone HZ (0: silence)] [--codec PCMU|PCMA] [--digits 1]
  [--talk MS (0: until hung up on)]
The first line names the port. --early sends the tone while it rings. SIGINT and SIGTERM end it.`;

/**
 * Reads the called phone's command line.
 * @throws AntiphonError `invalid_request` naming each option that does not fit
 */
export function readCalledOptions(args: string[]): CalledOptions {
  const text = { type: "string" } as const;
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args,
      options: {
        ...{ local: text, port: text, transport: text, answer: text, ring: text, tone: text },
        ...{ codec: text, digits: text, talk: text, early: { type: "boolean" } },
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
