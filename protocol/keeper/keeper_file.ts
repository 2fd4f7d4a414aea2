import { z } from "zod";
import { ClusterId, RegionId } from "../ids/names.ts";
import { ServiceKey } from "../service_token/service_key.ts";

const Port = z.number().int().min(1).max(65_535);
const Host = z.string().min(1).max(253);
/** Longer times than this help nobody: a deadline must end some day. */
const Duration = z.number().int().min(1).max(600_000);
const AbsolutePath = z.string().startsWith("/").max(4096);
const Password = z.string().min(16).max(256);

/** A site at which a cluster may be active, as the others reach it. */
export const KeptSite = z.object({
  site: RegionId,
  /** HTTP origin of the site's keeper. */
  keeperUrl: z.url(),
  /** HTTP origin of the cluster's cell at this site; null where there is none yet. */
  cellUrl: z.url().nullable().default(null),
  /** Where the cluster's PostgreSQL of this site listens, and all reach it. */
  postgres: z.object({ host: Host, port: Port }),
});
export type KeptSite = z.infer<typeof KeptSite>;

/** What every server of a keeper has. */
const Server = z.object({
  superuser: z.object({ name: z.string().default("antiphon_admin"), password: Password }),
  /** Added to the keeper's own settings of PostgreSQL; the ones it decides itself are refused. */
  settings: z.record(z.string().regex(/^[a-z_][a-z0-9_.]*$/), z.string().max(1000)).default({}),
});

/** One server of a cluster: the other site of `sites` has its counterpart. */
export const KeptClusterServer = Server.extend({
  kind: z.literal("cluster"),
  name: ClusterId,
  /** Exactly two, one of them the keeper's own. */
  sites: z.array(KeptSite).length(2),
  /** Where the cluster is made at the very first start. */
  home: RegionId,
  replication: z.object({
    role: z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/).default("antiphon_replication"),
    password: Password,
  }),
});
export type KeptClusterServer = z.infer<typeof KeptClusterServer>;

/** A server without a standby and without a lease: it is writable whenever it runs. */
export const KeptSoleServer = Server.extend({
  kind: z.literal("sole"),
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/),
  postgres: z.object({ host: Host, port: Port }),
});
export type KeptSoleServer = z.infer<typeof KeptSoleServer>;

/**
 * What a site's keeper is told, as the JSON file that `KEEPER_FILE` names. It holds passwords: mode
 * 0600.
 */
export const KeeperFile = z.object({
  site: RegionId,
  listen: z.object({ hostname: Host, port: z.number().int().min(0).max(65_535) }),
  /** The private key of `keeper:<site>`. */
  serviceKeyFile: AbsolutePath,
  /** Public keys of the keepers, cells, the control plane and the operator. */
  keys: z.array(ServiceKey).min(1).max(1000),
  /** Holds the keeper's identity, witness records, audit and lock. Of this keeper alone. */
  stateDir: AbsolutePath,
  postgres: z.object({
    /**
     * The data of a server lies in `<dataFolder>/<name>`. A keeper that runs as root moves it to
     * /var/tmp when its unprivileged user may not pass.
     */
    dataFolder: AbsolutePath,
    /** Tells this installation from an earlier one in the same folder, whose passwords are gone. */
    installation: z.string().min(1).max(128),
    /**
     * `bin` folder of an installed PostgreSQL; null for the one of node_modules. A keeper takes
     * version 15 or later, a cell 18.
     */
    binFolder: AbsolutePath.nullable().default(null),
    /** Networks whose hosts may connect, with a password, besides this machine ("10.0.0.0/8"). */
    networks: z.array(z.union([z.cidrv4(), z.cidrv6()])).max(100).default([]),
  }),
  /** Overrides of the keeper's times in milliseconds; see `KeeperTimes`. */
  times: z.record(z.string(), Duration).default({}),
  /** Three, or none when every server is a sole one. */
  witnesses: z.array(z.object({ site: RegionId, url: z.url() })).max(7).default([]),
  servers: z.array(z.discriminatedUnion("kind", [KeptClusterServer, KeptSoleServer])).max(32),
}).superRefine((file, context) => {
  const clusters = file.servers.filter((server) => server.kind === "cluster");
  const wrong = (message: string) => context.addIssue({ code: "custom", message });
  if (clusters.length > 0 && (file.witnesses.length < 3 || file.witnesses.length % 2 === 0)) {
    wrong("name an odd number of witnesses, three at least");
  }
  if (new Set(file.witnesses.map(({ site }) => site)).size < file.witnesses.length) {
    wrong("name each witness once");
  }
  if (new Set(file.servers.map(({ name }) => name)).size < file.servers.length) {
    wrong("give each server a name of its own");
  }
  for (const { name, sites, home } of clusters) {
    const known = sites.map(({ site }) => site);
    if (known[0] === known[1]) wrong(`${name}: name two different sites`);
    if (!known.includes(file.site)) wrong(`${name}: name this keeper's own site among its sites`);
    if (!known.includes(home)) wrong(`${name}: its home must be one of its sites`);
  }
});
export type KeeperFile = z.infer<typeof KeeperFile>;
