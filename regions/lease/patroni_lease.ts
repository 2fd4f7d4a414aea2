import type { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { LeaseAnswer } from "../../protocol/keeper/lease_answer.ts";
import { readContent } from "../egress/read_content.ts";
import type { LeaseSource } from "./lease_source.ts";
import { activeMember } from "./patroni/active_member.ts";
import { leaseEnd } from "./patroni/lease_end.ts";
import { addSight, NO_EVIDENCE } from "./patroni/lease_evidence.ts";
import { PatroniCluster } from "./patroni/patroni_cluster.ts";
import { PatroniConfiguration } from "./patroni/patroni_configuration.ts";
import { PatroniMember } from "./patroni/patroni_member.ts";

/** What {@linkcode patroniLease} works with. */
export interface PatroniLeasePorts {
  /** Origin of the REST API of the Patroni beside this cell: never another site's. */
  url: string;
  clusterId: string;
  site: string;
  /** Milliseconds that never go back and count suspended time: `systemBootClock`. */
  clock: () => number;
  fetch?: typeof fetch;
}

/** Patroni is beside the cell and answers in 2 to 5 ms; longer than this it does not answer. */
const TIMEOUT_MS = 400;
/** Who leads is asked of the store, which may be away. */
const STORE_TIMEOUT_MS = 100;
/** How often the configuration is read, and on a standby who leads. */
const SELDOM_MS = 1_000;
const MOST_BYTES = 65_536;

/**
 * The lease as the Patroni of this site proves it (Patroni 3 and later). Patroni renews its key by
 * rounds; what a series of answers proves about it is `patroni/lease_evidence.ts`.
 *
 * A leader's `/cluster` is never asked for: each such question moves its `dcs_last_seen`.
 */
export function patroniLease(ports: PatroniLeasePorts): LeaseSource {
  const { url, clusterId, site, clock } = ports;
  let evidence = NO_EVIDENCE;
  let configuration: PatroniConfiguration | null = null;
  let active: LeaseAnswer["active"] = null;
  const configured = seldom(clock, async () => {
    const { content } = await get(ports, "/config", PatroniConfiguration);
    configuration = content;
  });
  const looked = seldom(clock, async () => {
    const { content } = await get(ports, "/cluster", PatroniCluster, STORE_TIMEOUT_MS);
    active = activeMember(content);
  });
  return {
    async ask() {
      const at = clock();
      const reading = configured();
      const { status, content: member } = await get(ports, "/leader", PatroniMember);
      // It may be read of the store, which may be away: what is known will do.
      if (!configuration) await reading;
      const own = member.tags.site;
      if (own !== site) {
        throw new AntiphonError(
          "configuration_invalid",
          `The Patroni at ${url} has the tag site: ${own}, and this is ${site}: check LEASE and tags`,
        );
      }
      if (!configuration) {
        throw new AntiphonError("unavailable", "Patroni has no configuration yet");
      }
      if (member.state === "unknown") {
        throw new AntiphonError("unavailable", "Patroni cannot ask its server at this moment");
      }
      const times = { ttlMs: configuration.ttl * 1000, loopWaitMs: configuration.loop_wait * 1000 };
      const sight = {
        at,
        leader: status === 200,
        primary: member.primary,
        failsafe: member.failsafe_mode_is_active,
        round: member.dcs_last_seen,
      };
      evidence = addSight(
        evidence,
        sight,
        configuration.synchronous_mode ? times.loopWaitMs : null,
      );
      if (!sight.primary && !sight.leader) await looked();
      else active = sight.primary && member.timeline ? { site, epoch: member.timeline } : null;
      const validMs = Math.max(leaseEnd(evidence, times) - at, 0);
      return { clusterId, site, held: validMs > 0, validMs, active };
    },
  };
}

/** Runs `work` at most every {@linkcode SELDOM_MS}; what fails is tried again after that. */
function seldom(clock: () => number, work: () => Promise<void>): () => Promise<void> {
  let next = -Infinity;
  return async () => {
    const now = clock();
    if (now < next) return;
    next = now + SELDOM_MS;
    // What was read before goes on: it is the leader key that runs out.
    await work().catch(() => {});
  };
}

/** @throws AntiphonError `unavailable` */
async function get<S extends z.ZodType>(
  { url, fetch: ask = fetch }: PatroniLeasePorts,
  path: string,
  schema: S,
  timeoutMs = TIMEOUT_MS,
): Promise<{ status: number; content: z.output<S> }> {
  try {
    const response = await ask(new URL(path, url), {
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bytes = await readContent(
      response.body ?? ReadableStream.from([]),
      undefined,
      MOST_BYTES,
    );
    const content = schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { status: response.status, content };
  } catch (cause) {
    throw new AntiphonError("unavailable", `Patroni did not answer ${path} at ${url}`, { cause });
  }
}
