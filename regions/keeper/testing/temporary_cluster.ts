import { join } from "node:path";
import type { z } from "zod";
import { KeeperFile } from "../../../protocol/keeper/keeper_file.ts";
import { KeeperStatus } from "../../../protocol/keeper/keeper_status.ts";
import { generateServiceKey } from "../../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";
import { AdminConnection } from "../postgres/admin_connection.ts";
import { runningPostmaster } from "../postgres/running_postmaster.ts";
import { stopPostmaster } from "../postgres/stop_postmaster.ts";
import { freePort } from "../postgres/testing/free_port.ts";
import { signalServer } from "../postgres/testing/signal_server.ts";
import { until } from "../postgres/testing/until.ts";
import { type ServiceClient, serviceClient } from "../process/service_client.ts";
import { KeeperProcess } from "./keeper_process.ts";

export const DATA_SITES = ["eu-central", "us-east"] as const;
export const SITES = [...DATA_SITES, "control"] as const;
export type DataSite = (typeof DATA_SITES)[number];
export type SiteName = (typeof SITES)[number];

const SUPERUSER = { name: "antiphon_admin", password: "super secret ' \\ word" };

/** Shorter where a test waits for it, longer where a busy machine may be late. */
const TIMES = {
  ttlMs: 3000,
  requestTimeoutMs: 1000,
  failingWritesMs: 4000,
  restartMs: 10_000,
  degradeAfterMs: 2000,
  readmitAfterMs: 500,
  settleMs: 200,
  followMs: 3000,
  yieldMs: 1000,
};

/** A keeper that goes by another's name. */
export interface DoubleKeeper extends AsyncDisposable {
  ask<T>(path: string, answer: z.ZodType<T>): Promise<T>;
}

/** A cluster E39 of two data sites and three witnesses: keepers in processes of their own. */
export class TemporaryCluster implements AsyncDisposable {
  readonly folder: string;
  readonly keepers = new Map<SiteName, KeeperProcess>();
  readonly #files: ReadonlyMap<SiteName, KeeperFile>;
  readonly #call: ServiceClient;

  private constructor(
    folder: string,
    files: ReadonlyMap<SiteName, KeeperFile>,
    call: ServiceClient,
  ) {
    this.folder = folder;
    this.#files = files;
    this.#call = call;
    for (const [site] of files) this.keepers.set(site, this.keeperOf(site));
  }

  /** Lays it out; nothing runs yet. */
  static async make(times: Partial<Record<string, number>> = {}): Promise<TemporaryCluster> {
    const folder = await Deno.makeTempDir({ prefix: "keepers-" });
    await Deno.chmod(folder, 0o711);
    const names = [...SITES.map((site) => `keeper:${site}`), "operator", "cell:E39"];
    const keys = await Promise.all(names.map((name) => generateServiceKey(name, name)));
    const at = new Map(SITES.map((site, index) => {
      const host = `127.0.${index + 1}.1`;
      return [site, { host, keeper: freePort(host), postgres: freePort(host) }];
    }));
    const url = (site: SiteName) => `http://${at.get(site)!.host}:${at.get(site)!.keeper}`;
    const files = new Map<SiteName, KeeperFile>();
    for (const [index, site] of SITES.entries()) {
      const keyFile = join(folder, `${site}.key.json`);
      await Deno.writeTextFile(keyFile, JSON.stringify(keys[index].privateKey));
      const { host, keeper, postgres } = at.get(site)!;
      const sole = {
        kind: "sole",
        name: "control-plane",
        superuser: SUPERUSER,
        postgres: { host, port: postgres },
        settings: { shared_buffers: "16MB" },
      };
      const cluster = {
        kind: "cluster",
        name: "E39",
        home: "eu-central",
        superuser: SUPERUSER,
        replication: { password: "replication ' \\ secret" },
        sites: DATA_SITES.map((name) => ({
          site: name,
          keeperUrl: url(name),
          postgres: { host: at.get(name)!.host, port: at.get(name)!.postgres },
        })),
        settings: { shared_buffers: "16MB" },
      };
      const file = KeeperFile.parse({
        site,
        listen: { hostname: host, port: keeper },
        serviceKeyFile: keyFile,
        keys: keys.map(({ publicKey }) => publicKey),
        stateDir: join(folder, `state-${site}`),
        postgres: { dataFolder: join(folder, `data-${site}`), installation: "test" },
        times: { ...TIMES, ...times },
        witnesses: SITES.map((name) => ({ site: name, url: url(name) })),
        servers: [site === "control" ? sole : cluster],
      });
      files.set(site, file);
      await Deno.writeTextFile(join(folder, `${site}.json`), JSON.stringify(file));
    }
    const operator = keys[SITES.length].privateKey;
    return new TemporaryCluster(folder, files, serviceClient(serviceTokenSigner(operator)));
  }

  /** A keeper by a file of the folder: a site's, or a changed copy of it. */
  keeperOf(file: string): KeeperProcess {
    return new KeeperProcess(join(this.folder, `${file}.json`), join(this.folder, `${file}.log`));
  }

  /** Starts another keeper under a site's name, with a state folder and servers of its own. */
  async startDouble(site: DataSite): Promise<DoubleKeeper> {
    const file = this.file(site);
    const { hostname } = file.listen;
    file.listen.port = freePort(hostname);
    file.stateDir += "-double";
    file.postgres.dataFolder += "-double";
    for (const server of file.servers) {
      if (server.kind !== "cluster") continue;
      server.sites.find((it) => it.site === site)!.postgres.port = freePort(hostname);
    }
    await Deno.writeTextFile(join(this.folder, `${site}-double.json`), JSON.stringify(file));
    const keeper = this.keeperOf(`${site}-double`);
    await keeper.start();
    const ask = <T>(path: string, answer: z.ZodType<T>) =>
      this.#call({
        url: `http://${hostname}:${file.listen.port}`,
        path: `/v1/clusters/E39${path}`,
        audience: `keeper:${site}`,
        timeoutMs: 3000,
        answer,
      });
    return { ask, [Symbol.asyncDispose]: () => keeper.end() };
  }

  file(site: SiteName): KeeperFile {
    return structuredClone(this.#files.get(site)!);
  }

  async start(...sites: SiteName[]): Promise<void> {
    const wanted = sites.length > 0 ? sites : SITES;
    await Promise.all(wanted.map((site) => this.keepers.get(site)!.start()));
  }

  /** Asks a site's keeper as an operator. */
  ask<T>(site: SiteName, path: string, answer: z.ZodType<T>, body?: unknown): Promise<T> {
    return this.#call({
      url: this.urlOf(site),
      path: `/v1/clusters/E39${path}`,
      audience: `keeper:${site}`,
      body,
      timeoutMs: 3000,
      answer,
    });
  }

  urlOf(site: SiteName): string {
    const { hostname, port } = this.#files.get(site)!.listen;
    return `http://${hostname}:${port}`;
  }

  status(site: DataSite): Promise<KeeperStatus> {
    return this.ask(site, "", KeeperStatus);
  }

  /** Waits until a site's keeper tells what is wanted; one that is away is asked again. */
  async reach(
    site: DataSite,
    good: (status: KeeperStatus) => boolean,
    ms = 120_000,
  ): Promise<KeeperStatus> {
    const found = await until(
      () => this.status(site).catch(() => null),
      (status) => status !== null && good(status),
      ms,
    );
    return found!;
  }

  /** Waits until `active` serves and the other site has everything. */
  async whole(active: DataSite): Promise<KeeperStatus> {
    const other = DATA_SITES.find((site) => site !== active)!;
    const status = await this.reach(
      active,
      ({ lease, inSync, replication }) =>
        lease.held && inSync.length === 2 && replication?.sync === true,
    );
    // What the other knows of it comes from a majority.
    await this.reach(other, ({ lease, inSync, role }) => {
      return role === "standby" && lease.term === status.lease.term && inSync.length === 2;
    });
    return status;
  }

  /** A superuser's connection to a site's server, of class `region`. */
  connect(site: DataSite, max = 1): AdminConnection {
    const { host, port } = this.file(site).servers
      .flatMap((server) => server.kind === "cluster" ? server.sites : [])
      .find((it) => it.site === site)!.postgres;
    return new AdminConnection({ host, port, superuser: SUPERUSER }, {
      name: "test",
      max,
      settings: { synchronous_commit: "remote_apply" },
    });
  }

  dataFolder(site: SiteName, name = "E39"): string {
    return join(this.#files.get(site)!.postgres.dataFolder, name);
  }

  async postmaster(site: DataSite): Promise<number> {
    return (await runningPostmaster(this.dataFolder(site)))!.pid;
  }

  /** Kills a site's keeper and server at once. */
  async kill(site: DataSite): Promise<void> {
    Deno.kill(await this.postmaster(site), "SIGKILL");
    await this.keepers.get(site)!.signal("SIGKILL");
  }

  /** Signals all processes of a site's server. */
  async signalServer(site: DataSite, signal: Deno.Signal): Promise<void> {
    await signalServer(this.dataFolder(site), signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.keepers.values()].map((keeper) => keeper.end()));
    const folders = [...DATA_SITES.map((site) => this.dataFolder(site))];
    folders.push(this.dataFolder("control", "control-plane"));
    await Promise.all(folders.map(async (folder) => {
      await signalServer(folder, "SIGCONT");
      await stopPostmaster(folder, "immediate", 2000);
    }));
    await this.#keepLogs(Deno.env.get("KEEPER_LOGS"));
    await Deno.remove(this.folder, { recursive: true });
  }

  /** Copies all logs to a folder that somebody who looks for a fault has named. */
  async #keepLogs(folder: string | undefined): Promise<void> {
    if (!folder) return;
    await Deno.mkdir(folder, { recursive: true });
    for (const site of SITES) {
      const name = site === "control" ? "control-plane" : "E39";
      const logs = {
        [`${site}.log`]: join(this.folder, `${site}.log`),
        [`postgres-${site}.log`]: `${this.dataFolder(site, name)}.log`,
      };
      for (const [to, from] of Object.entries(logs)) {
        await Deno.copyFile(from, join(folder, to)).catch((error) => {
          if (!(error instanceof Deno.errors.NotFound)) throw error;
        });
      }
    }
  }
}
