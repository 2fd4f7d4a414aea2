import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fillIn } from "./fill_in.ts";
import { ForegroundProcess } from "./foreground_process.ts";
import { PATRONI_PLACES, type PatroniPlace } from "./patroni_place.ts";
import { processFamily } from "./process_family.ts";
import { runOnce } from "./run_once.ts";
import type { StandNetwork } from "./stand_network.ts";

export const BINARIES = "/usr/lib/postgresql/15/bin";
export const CLUSTER = "E39";
const USER = "postgres";
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DOCS = join(ROOT, "docs/patroni");

/** A program of a site. */
export type SitePart = "etcd" | "patroni" | "cell";

/** One site of a cluster on Patroni: its part of the store, its server, its cell. */
export class PatroniSite {
  readonly host: string;
  readonly folder: string;
  readonly #running = new Map<SitePart, ForegroundProcess>();
  /** Parts that are to run. */
  readonly #wanted = new Set<SitePart>();
  /** The cell's environment. */
  cellEnv: Readonly<Record<string, string>> = {};
  /** Exit codes of its cells, in order. */
  readonly cellExits: number[] = [];

  /** @param base Folder of all sites. */
  constructor(
    readonly place: PatroniPlace,
    readonly network: StandNetwork,
    readonly base: string,
    readonly secret: string,
  ) {
    this.host = network.hosts[place];
    this.folder = join(base, place);
  }

  get restUrl(): string {
    return `http://${this.host}:8008`;
  }

  get cellUrl(): string {
    return `http://${this.host}:8080`;
  }

  get dataFolder(): string {
    return join(this.folder, CLUSTER);
  }

  /** Makes its folder and the documented configurations with its values. */
  async prepare(): Promise<void> {
    await runOnce(USER, "mkdir", "-p", "-m", "755", this.folder);
    const places = PATRONI_PLACES.map((place) => [place, this.network.hosts[place]]);
    const values = {
      ...{ CLUSTER, SITE: this.place, HOST: this.host, FOLDER: this.folder, BINARIES },
      NETWORK: this.network.range,
      ETCD: places.map(([, host]) => `${host}:2379`).join(", "),
      ETCD_PEERS: places.map(([name, host]) => `${name}=http://${host}:2380`).join(","),
      REST_PASSWORD: this.secret,
      REPLICATION_PASSWORD: this.secret,
      REWIND_PASSWORD: this.secret,
    };
    for (const name of ["etcd.yml", "patroni.yml"]) {
      const template = await Deno.readTextFile(join(DOCS, name));
      await Deno.writeTextFile(join(this.folder, name), fillIn(template, values));
    }
  }

  /** Starts parts, those that run already excepted. */
  start(...parts: SitePart[]): void {
    for (const part of parts) {
      this.#wanted.add(part);
      if (!this.#running.has(part)) this.#spawn(part);
    }
  }

  /** Kills parts and all that they started, at once; they stay down. */
  async kill(...parts: SitePart[]): Promise<void> {
    for (const part of parts) this.#wanted.delete(part);
    const ends = parts.flatMap((part) => this.#running.get(part)?.ended ?? []);
    for (;;) {
      const family = await this.#family(parts);
      if (family.length === 0) break;
      for (const pid of family) send(pid, "SIGKILL");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await Promise.all(ends);
  }

  /** Kills PostgreSQL alone: the postmaster and its children. */
  async killPostgres(): Promise<void> {
    const postmaster = await this.#postmaster();
    for (const pid of await processFamily(postmaster)) send(pid, "SIGKILL");
  }

  /** Stops all of it in its tracks, as a machine that is suspended. */
  async freeze(): Promise<void> {
    // What was started between two looks is stopped by the second.
    for (let looks = 0; looks < 2; looks++) {
      for (const pid of await this.#family(PARTS)) send(pid, "SIGSTOP");
    }
  }

  /** Lets it go on. */
  async thaw(): Promise<void> {
    for (const pid of await this.#family(PARTS)) send(pid, "SIGCONT");
  }

  /** Signals Patroni without its server. */
  signalPatroni(signal: Deno.Signal): void {
    this.#running.get("patroni")?.signal(signal);
  }

  /** Runs SQL or a file of it at its server as the superuser; answers what psql wrote. */
  async psql(database: string, ...args: string[]): Promise<string> {
    const where = ["-h", this.folder, "-U", "postgres", "-d", database];
    return await runOnce(
      USER,
      `${BINARIES}/psql`,
      ...["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"],
      ...where,
      ...args,
    );
  }

  #spawn(part: SitePart): void {
    const process = new ForegroundProcess(this.#plan(part));
    this.#running.set(part, process);
    void process.ended.then(async (code) => {
      this.#running.delete(part);
      if (part === "cell") this.cellExits.push(code);
      // A server without its Patroni is guarded by nobody: as its unit says, both end together.
      if (part === "patroni") await this.killPostgres();
      if (this.#wanted.has(part)) this.#spawn(part);
    });
  }

  #plan(part: SitePart) {
    const log = join(this.base, `${part}-${this.place}.log`);
    const prefix = this.network.prefix(this.place);
    if (part === "cell") {
      const main = join(ROOT, "regions/main.ts");
      const args = ["run", "-A", "--unstable-net", main];
      return { command: Deno.execPath(), args, prefix, env: this.cellEnv, log };
    }
    const file = join(this.folder, `${part}.yml`);
    const args = part === "etcd" ? ["--config-file", file] : [file];
    return { command: part, args, prefix, user: USER, log };
  }

  async #family(parts: readonly SitePart[]): Promise<number[]> {
    const roots = parts.flatMap((part) => this.#running.get(part)?.pid ?? []);
    if (parts.includes("patroni")) roots.push(...await this.#postmaster());
    return await processFamily(roots);
  }

  async #postmaster(): Promise<number[]> {
    const file = await Deno.readTextFile(join(this.dataFolder, "postmaster.pid")).catch(() => "");
    const pid = parseInt(file);
    const command = await Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "");
    return command.includes(this.dataFolder) ? [pid] : [];
  }
}

const PARTS: readonly SitePart[] = ["cell", "patroni", "etcd"];

function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
