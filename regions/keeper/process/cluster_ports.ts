import { join } from "node:path";
import { z } from "zod";
import type { KeptClusterServer, KeptSite } from "../../../protocol/keeper/keeper_file.ts";
import { WitnessAnswer } from "../lease/witness_answer.ts";
import type { AuditLog } from "./audit_log.ts";
import type { KeeperPorts } from "./keeper_ports.ts";
import { PeerState } from "./peer_state.ts";
import type { ServiceClient } from "./service_client.ts";
import { writeDurably } from "./write_durably.ts";

/** A look at a neighbour takes no longer, in milliseconds. */
const LOOK_MS = 1000;

const CellHealth = z.object({ active: z.boolean() });

/** What {@linkcode clusterPorts} works with. */
export interface ClusterPortsOptions {
  server: KeptClusterServer;
  site: string;
  /** Origins of the witnesses by site. */
  witnesses: ReadonlyMap<string, string>;
  /** After this a witness counts as silent, in milliseconds. */
  requestTimeoutMs: number;
  call: ServiceClient;
  /** The cluster's part of the state folder. */
  folder: string;
  audit: AuditLog;
}

/** Reaches a cluster's witnesses, cell and other keeper over HTTP. */
export function clusterPorts(options: ClusterPortsOptions): KeeperPorts {
  const { server, site, witnesses, requestTimeoutMs, call, folder, audit } = options;
  const own = server.sites.find((it) => it.site === site)!;
  const peer = server.sites.find((it) => it.site !== site)!;
  const cell = `cell:${server.name}`;
  return {
    askWitness: (to, request) =>
      orNull(call({
        url: witnesses.get(to)!,
        path: `/v1/witness/${server.name}`,
        audience: `keeper:${to}`,
        body: request,
        timeoutMs: requestTimeoutMs,
        answer: WitnessAnswer,
      })),
    lookAtCell: async () => {
      if (own.cellUrl === null) return { healthy: true, active: false };
      const health = await orNull(
        call({ url: own.cellUrl, path: "/health", timeoutMs: LOOK_MS, answer: CellHealth }),
      );
      return { healthy: health !== null, active: health?.active === true };
    },
    drainCell: async (forMs, timeoutMs) => {
      if (own.cellUrl === null) return;
      await call({
        url: own.cellUrl,
        path: "/internal/drain",
        audience: cell,
        body: { forMs: Math.max(1, forMs) },
        timeoutMs,
        answer: z.unknown(),
      });
    },
    lookAtPeer: () =>
      orNull(call({
        ...toKeeper(peer),
        path: `/v1/clusters/${server.name}/peer`,
        timeoutMs: LOOK_MS,
        answer: PeerState,
      })),
    tellPeer: async (take) => {
      await orNull(call({
        ...toKeeper(peer),
        path: `/v1/clusters/${server.name}/take`,
        body: take,
        timeoutMs: LOOK_MS,
        answer: z.unknown(),
      }));
    },
    remember: (memory) => writeDurably(join(folder, "memory.json"), JSON.stringify(memory)),
    audit: (entry) => audit.add(entry),
  };
}

function toKeeper({ site, keeperUrl }: KeptSite): { url: string; audience: string } {
  return { url: keeperUrl, audience: `keeper:${site}` };
}

/** A neighbour that does not answer is part of the picture, not a failure of ours. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return await answer.catch(() => null);
}
