import { PATRONI_PROGRAMS } from "../failover/patroni/patroni_programs.ts";
import { ensurePrograms } from "./ensure_programs.ts";

/**
 * Programs that the end-to-end suite plays the outside world with, or that the documents' commands
 * need, and their Debian packages.
 */
const PEERS: Readonly<Record<string, string>> = {
  chromium: "chromium",
  sipp: "sip-tester",
  baresip: "baresip-core",
  ip: "iproute2",
  curl: "curl",
  jq: "jq",
  "espeak-ng": "espeak-ng",
};

/**
 * Makes sure that the peers are installed, and what the suite of clusters on Patroni runs.
 * @throws Error in one sentence that says what is missing and how to mend it
 */
export async function ensurePeers(say: (line: string) => void): Promise<void> {
  // Only root can run that suite.
  await ensurePrograms({ ...PEERS, ...Deno.uid() === 0 ? PATRONI_PROGRAMS : {} }, say);
}
