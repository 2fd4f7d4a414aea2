import { parseArgs } from "node:util";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { PhoneNumber } from "../../protocol/ids/names.ts";

const Options = z.object({
  to: PhoneNumber.optional(),
  digit: z.string().regex(/^[0-9*#]{0,8}$/, "digits, * or #").default("1"),
  seconds: z.coerce.number().int().min(1).max(3600).default(60),
  data: z.string().min(1).default(".antiphon"),
  pop: z.enum(["FRA", "NYC"]).default("FRA"),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
});
export type CallOptions = z.infer<typeof Options>;

/** How to use the call. */
export const CALL_USAGE = `Places a real call with real audio to the platform on this machine.
  --to NUMBER   the number to call (the demo tenant's)
  --digit N     what to dial at the menu: 1 sales, 2 support (1)
  --seconds N   hang up after this (60)
  --pop ID      FRA or NYC (FRA)
  --data DIR    the running platform's data folder (.antiphon)
  --json        the phone's own lines, one JSON object each
`;

/**
 * Reads the call's command line.
 * @throws AntiphonError `invalid_request` naming each option that does not fit
 */
export function readCallOptions(args: readonly string[]): CallOptions {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args: [...args],
      options: {
        to: text,
        digit: text,
        seconds: text,
        data: text,
        pop: text,
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
