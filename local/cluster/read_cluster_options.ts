import { parseArgs } from "node:util";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ClusterId, RegionId } from "../../protocol/ids/names.ts";

const VERBS = ["status", "rehearse", "switch", "promote", "audit", "drill", "restart"] as const;
const MOVES: readonly string[] = ["rehearse", "switch", "promote"];

const Options = z.object({
  verb: z.enum(VERBS, `say what to do: ${VERBS.join(", ")}`),
  cluster: ClusterId.optional(),
  to: RegionId.optional(),
  "accept-loss": z.boolean().default(false),
  by: z.string().trim().min(1).max(120),
  data: z.string().min(1).default(".antiphon"),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
}).superRefine((options, context) => {
  const wrong = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  const { verb, cluster, to } = options;
  if (verb !== "status" && !cluster) wrong("cluster", "name it, like E39");
  if (MOVES.includes(verb) && !to) wrong("to", "name the site, like us-east");
  if (!MOVES.includes(verb) && to) wrong("to", `${verb} takes none`);
  if (options["accept-loss"] && verb !== "promote") wrong("accept-loss", "only promote takes it");
});
export type ClusterOptions = z.infer<typeof Options>;

/** How to use the command. */
export const CLUSTER_USAGE = `Looks after the clusters of the platform that runs on this machine.
  status [E39]                where each cluster is active, and whether a region may be lost
  rehearse E39 --to SITE      checks whether a switch-over would go; nothing moves
  switch E39 --to SITE        moves the cluster; refused with the reason when that is not safe
  promote E39 --to SITE       says what would be lost; with --accept-loss takes over without the
                              other site's consent
  audit E39                   what happened to the cluster, newest last
  drill E39                   kills the active site, measures the take-over, brings it back
  restart E39                 starts the cells and the edge anew, one at a time
  --data DIR                  the platform's folder (.antiphon)
  --by NAME                   who asks, for the audit record (the user's name)
  --json                      one JSON object a line instead of words
Exit code 0: as wished. 1: refused, failed, or not redundant. 2: could not be asked.
`;

/**
 * Reads the command line.
 * @param user Who asks unless told otherwise.
 * @throws AntiphonError `invalid_request` naming each option that does not fit
 */
export function readClusterOptions(args: readonly string[], user: string): ClusterOptions {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  let values: Record<string, unknown>;
  let words: string[];
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        to: text,
        "accept-loss": flag,
        by: text,
        data: text,
        json: flag,
        help: { ...flag, short: "h" },
      },
    });
    ({ values, positionals: words } = parsed);
  } catch (cause) {
    throw new AntiphonError("invalid_request", `${(cause as Error).message}. See --help`, {
      cause,
    });
  }
  if (words.length > 2) {
    throw new AntiphonError("invalid_request", `What is ${words[2]}? See --help`);
  }
  // Help is given whatever else is there.
  const [verb = values.help ? "status" : undefined, cluster] = words;
  const read = Options.safeParse({ by: user, ...values, verb, ...(cluster ? { cluster } : {}) });
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new AntiphonError("invalid_request", `${wrong.join("; ")}. See --help`);
}
