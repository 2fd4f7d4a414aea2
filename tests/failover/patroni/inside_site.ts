import type { Entry } from "../history/entry.ts";
import type { PatroniSite } from "./patroni_site.ts";
import { CLUSTER } from "./patroni_site.ts";
import type { PatroniStand } from "./patroni_stand.ts";

const PROGRAM = new URL("./site_client.ts", import.meta.url).pathname;

/** Starts `site_client.ts` at a site; `stop` ends it and answers what it did and saw. */
export function insideSite(
  { parts }: PatroniStand,
  { place, cellUrl }: PatroniSite,
  contact: string,
): { stop: () => Promise<Entry[]> } {
  const { base, tenantId, network } = parts;
  const order = JSON.stringify({ base, place, cellUrl, clusterId: CLUSTER, tenantId, contact });
  const run = [Deno.execPath(), "run", "-A", "--unstable-net", PROGRAM, order];
  const [program, ...args] = [...network.prefix(place), ...run];
  const child = new Deno.Command(program, {
    args,
    ...{ stdin: "piped", stdout: "piped", stderr: "inherit" } as const,
  }).spawn();
  return {
    async stop() {
      await child.stdin.close();
      const { success, stdout } = await child.output();
      if (!success) throw new Error(`The client at ${place} has failed`);
      const lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
      return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
    },
  };
}
