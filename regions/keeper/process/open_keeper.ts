import { join } from "node:path";
import type { KeeperFile, KeptClusterServer } from "../../../protocol/keeper/keeper_file.ts";
import type { PrivateServiceKey } from "../../../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { KeeperTimes } from "../decisions/keeper_times.ts";
import { suspendProofClock } from "../lease/suspend_proof_clock.ts";
import type { KeptInstallation } from "../postgres/kept_installation.ts";
import { KeptPostgres } from "../postgres/kept_postgres.ts";
import { postgresHome } from "../postgres/postgres_home.ts";
import { refreshRules } from "../postgres/refresh_rules.ts";
import { serverSettings } from "../postgres/server_settings.ts";
import { unprivilegedUser } from "../postgres/unprivileged_user.ts";
import { Witness } from "../witness/witness.ts";
import { AuditLog } from "./audit_log.ts";
import { ClusterKeeper } from "./cluster_keeper.ts";
import { clusterPorts } from "./cluster_ports.ts";
import { keeperTimesOf } from "./keeper_times_of.ts";
import { keptInstallationOf } from "./kept_installation_of.ts";
import type { Keeper, KeptCluster } from "./keeper.ts";
import { lockState } from "./lock_state.ts";
import { readInstance } from "./read_instance.ts";
import { readMemory } from "./read_memory.ts";
import { type ServiceClient, serviceClient } from "./service_client.ts";
import { SoleKeeper } from "./sole_keeper.ts";
import { writeDurably } from "./write_durably.ts";

/** What all parts of one keeper share. */
interface Shared {
  file: KeeperFile;
  times: KeeperTimes;
  instance: string;
  call: ServiceClient;
  now: () => number;
  log: Logger;
}

/**
 * Takes a site's state folder and begins to keep what its file names. Servers that an earlier
 * keeper has left running are adopted.
 * @throws AntiphonError `conflict` when another keeper has the state folder; `configuration_invalid`
 */
export async function openKeeper(
  file: KeeperFile,
  key: PrivateServiceKey,
  log: Logger,
): Promise<Keeper> {
  const times = keeperTimesOf(file.times);
  await Deno.mkdir(join(file.stateDir, "witness"), { recursive: true, mode: 0o700 });
  const lock = await lockState(file.stateDir);
  const now = suspendProofClock(() => performance.now(), () => Deno.osUptime());
  const call = serviceClient(serviceTokenSigner(key));
  const instance = await readInstance(file.stateDir);
  const shared: Shared = { file, times, instance, call, now, log };
  const witness = new Witness({ folder: join(file.stateDir, "witness"), now, write: writeDurably });
  const user = await unprivilegedUser();
  const home = await postgresHome({ ...file.postgres, user });
  if (home.moved) log.warn("postgres.moved", { folder: home.folder, reason: home.moved });
  const clusters = new Map<string, KeptCluster>();
  const soles = new Map<string, SoleKeeper>();
  for (const server of file.servers) {
    const installation = keptInstallationOf(file, server, home, user);
    serverSettings(installation);
    await refreshRules(installation);
    if (server.kind === "cluster") {
      clusters.set(server.name, await openCluster(shared, server, installation));
    } else soles.set(server.name, openSole(shared, installation));
  }
  const keepers = [...[...clusters.values()].map(({ keeper }) => keeper), ...soles.values()];
  for (const keeper of keepers) keeper.start();
  return {
    file,
    witness,
    clusters,
    soles,
    call,
    log,
    stop: async () => {
      await Promise.all(keepers.map((keeper) => keeper.stop()));
      lock[Symbol.dispose]();
    },
    leave: async () => {
      await Promise.all(keepers.map((keeper) => keeper.leave()));
      lock[Symbol.dispose]();
    },
  };
}

async function openCluster(
  { file, times, instance, call, now, log }: Shared,
  server: KeptClusterServer,
  installation: KeptInstallation,
): Promise<KeptCluster> {
  const { site } = file;
  const peer = server.sites.find((it) => it.site !== site)!;
  const folder = join(file.stateDir, "clusters", server.name);
  const audit = await AuditLog.open(folder);
  const witnesses = new Map(file.witnesses.map((it) => [it.site, it.url]));
  const ports = clusterPorts({
    server,
    site,
    witnesses,
    requestTimeoutMs: times.requestTimeoutMs,
    call,
    folder,
    audit,
  });
  const clusterLog = log.with({ clusterId: server.name });
  const keeper = new ClusterKeeper({
    setup: { clusterId: server.name, site, peer: peer.site, home: server.home, times },
    instance,
    witnesses: [...witnesses.keys()],
    memory: await readMemory(folder, clusterLog),
    server: new KeptPostgres({ installation, site, peer: peer.site, now }),
    peer: { site: peer.site, ...peer.postgres },
    ports,
    now,
    wall: Date.now,
    log: clusterLog,
  });
  return { server, keeper, audit };
}

function openSole({ file, now, log }: Shared, installation: KeptInstallation): SoleKeeper {
  const server = new KeptPostgres({ installation, site: file.site, peer: null, now });
  return new SoleKeeper({ server, now, log: log.with({ server: installation.name }) });
}
