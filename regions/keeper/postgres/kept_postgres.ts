import { dirname } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { KeptServer, PeerAddress, SeedProgress } from "../decisions/kept_server.ts";
import type { ServerObservation } from "../decisions/server_observation.ts";
import { AdminConnection } from "./admin_connection.ts";
import { awaitReady } from "./await_ready.ts";
import { ensureReplicationRole } from "./ensure_replication_role.ts";
import { follow } from "./follow.ts";
import { Heartbeat } from "./heartbeat.ts";
import { initDataFolder } from "./init_data_folder.ts";
import { keepSlots } from "./keep_slots.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { observeServer } from "./observe_server.ts";
import { promoteServer } from "./promote_server.ts";
import { runningPostmaster } from "./running_postmaster.ts";
import { seedFolder } from "./seed_folder.ts";
import type { ServerPart } from "./server_part.ts";
import { setAside } from "./set_aside.ts";
import { setSynchronous } from "./set_synchronous.ts";
import { startPostmaster } from "./start_postmaster.ts";
import { stopPostmaster } from "./stop_postmaster.ts";
import { trimLog } from "./trim_log.ts";
import { writePart } from "./write_part.ts";
import { writesOf } from "./writes_of.ts";

/** A local write each. */
const BEAT_MS = 500;
/** The longest that a start with crash recovery may take. */
const START_MS = 600_000;
const STOP_MS = 20_000;
const SQL_MS = 10_000;
/** Between two looks at the size of its log. */
const TRIM_MS = 60_000;

/** What a {@linkcode KeptPostgres} is. */
export interface KeptPostgresOptions {
  installation: KeptInstallation;
  /** This site. */
  site: string;
  /** The other data site; null for a server without a standby. */
  peer: string | null;
  /** Monotonic milliseconds. */
  now: () => number;
}

/**
 * A PostgreSQL server of this machine. A call that comes while another runs ends that one at its
 * next step, and begins then.
 */
export class KeptPostgres implements KeptServer {
  readonly #server: KeptInstallation;
  readonly #options: KeptPostgresOptions;
  /** For looking; never held up by what is being done. */
  readonly #eye: AdminConnection;
  readonly #hand: AdminConnection;
  readonly #heartbeat: Heartbeat;
  #running = new AbortController();
  #last: Promise<void> = Promise.resolve();
  #trimAt = 0;

  constructor(options: KeptPostgresOptions) {
    const server = options.installation;
    this.#server = server;
    this.#options = options;
    this.#eye = new AdminConnection(server, { name: "antiphon-keeper" });
    this.#hand = new AdminConnection(server, {
      name: "antiphon-keeper-hand",
      settings: { synchronous_commit: "local" },
    });
    this.#heartbeat = new Heartbeat(
      new AdminConnection(server, {
        name: "antiphon-keeper-heartbeat",
        settings: { synchronous_commit: "local" },
      }),
      BEAT_MS,
    );
  }

  async observe(): Promise<ServerObservation> {
    const { peer, now } = this.#options;
    const seen = await observeServer(this.#server, this.#eye, peer);
    if (seen.running && now() >= this.#trimAt) {
      this.#trimAt = now() + TRIM_MS;
      // A log that cannot be kept small is seen by the disk that it fills.
      trimLog(`${this.#server.dataFolder}.log`, this.#server.user).catch(() => {});
    }
    if (seen.recovery === false) this.#heartbeat.beat(now());
    else if (seen.recovery || !seen.running) this.#heartbeat.rest();
    return { ...seen, writes: writesOf(seen, this.#heartbeat.writes) };
  }

  bootstrap(): Promise<void> {
    return this.#run(async (signal) => {
      const { dataFolder, replication } = this.#server;
      if (await this.#recovers(false) || await this.#recovers(true)) {
        throw new AntiphonError("conflict", `A server runs in ${dataFolder} already: stop it`);
      }
      await setAside(dataFolder);
      await initDataFolder(this.#server);
      await this.#start({ role: "primary", synchronous: null }, signal);
      if (replication) {
        await this.#hand.use(SQL_MS, (sql) => ensureReplicationRole(sql, replication));
      }
      await this.#feed();
    });
  }

  startPrimary(synchronous: string | null): Promise<void> {
    return this.#run(async (signal) => {
      if (await this.#recovers(false)) {
        await this.#hand.use(60_000, (sql) => setSynchronous(sql, synchronous));
      } else {
        await this.#start({ role: "primary", synchronous }, signal);
      }
      await this.#feed();
    });
  }

  startStandby(primary: PeerAddress): Promise<void> {
    return this.#run(async (signal) => {
      const source = this.#source(primary);
      if (await this.#recovers(true)) {
        await this.#hand.use(SQL_MS, (sql) => follow(sql, this.#server, source));
      } else {
        await this.#start({ role: "standby", source }, signal);
        await this.#hand.use(SQL_MS, (sql) => keepSlots(sql, null));
      }
    });
  }

  promote(above: number): Promise<void> {
    return this.#run(async (signal) => {
      await promoteServer({
        connection: this.#hand,
        above,
        signal,
        again: async () => {
          await stopPostmaster(this.#server.dataFolder, "fast", STOP_MS);
          await this.#start({ role: "standby", source: null }, signal);
        },
      });
      await this.#feed();
    });
  }

  async stop(mode: "fast" | "immediate"): Promise<void> {
    // Nothing may be acknowledged any more: what runs is not waited for.
    if (mode === "immediate") await this.#end(mode);
    await this.#run(() => this.#end(mode));
  }

  seed(primary: PeerAddress, progress: (progress: SeedProgress) => void): Promise<void> {
    return this.#run(async (signal) => {
      const source = this.#source(primary);
      await this.#end("immediate");
      await seedFolder(this.#server, source, progress, signal);
      await this.#start({ role: "standby", source }, signal);
    });
  }

  setSynchronous(standby: string | null): Promise<void> {
    return this.#run(async () => {
      await this.#hand.use(60_000, (sql) => setSynchronous(sql, standby));
    });
  }

  checkpoint(): Promise<void> {
    return this.#run(async () => {
      await this.#hand.use(60_000, async (sql) => void await sql`checkpoint`);
    });
  }

  /** Lets go of the server; it runs on. */
  async leave(): Promise<void> {
    await this.#run(() => Promise.resolve());
    this.#close();
  }

  /** Ends what runs, and begins once that has ended. */
  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running.abort();
    const { signal } = this.#running = new AbortController();
    this.#hand.close();
    const before = this.#last;
    const done = (async () => {
      await before;
      signal.throwIfAborted();
      await work(signal);
    })();
    this.#last = done.catch(() => {});
    await done;
  }

  async #end(mode: "fast" | "immediate"): Promise<void> {
    await stopPostmaster(this.#server.dataFolder, mode, mode === "fast" ? STOP_MS : 2000);
    this.#close();
  }

  #close(): void {
    this.#eye.close();
    this.#hand.close();
    this.#heartbeat.close();
  }

  /** A postmaster in another part, or one that is coming up, is ended first. */
  async #start(part: ServerPart, signal: AbortSignal): Promise<void> {
    const { dataFolder } = this.#server;
    await stopPostmaster(dataFolder, "fast", STOP_MS);
    signal.throwIfAborted();
    await Deno.mkdir(dirname(dataFolder), { recursive: true });
    await writePart(this.#server, part);
    await startPostmaster(this.#server, START_MS, signal);
    this.#close();
    await awaitReady(this.#hand, signal);
  }

  /** Has a primary keep what its standby needs. */
  async #feed(): Promise<void> {
    const { peer } = this.#options;
    if (peer !== null) await this.#hand.use(SQL_MS, (sql) => keepSlots(sql, peer));
  }

  #source({ host, port }: PeerAddress) {
    return { host, port, standby: this.#options.site };
  }

  /** Whether it takes queries and is in recovery as wanted. */
  async #recovers(wanted: boolean): Promise<boolean> {
    const running = await runningPostmaster(this.#server.dataFolder);
    if (running?.status !== "ready") return false;
    const [{ recovery }] = await this.#hand.use(
      SQL_MS,
      (sql) => sql`select pg_is_in_recovery() as recovery`,
    );
    return recovery === wanted;
  }
}
