import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import { FrontConnection } from "./front_connection.ts";
import type { FrontTimes } from "./front_times.ts";

/** How to open a front door. */
export interface FrontDoorOptions {
  hostname: string;
  /** 0 takes any. */
  port: number;
  times: FrontTimes;
  log: Logger;
}

/** Header in which the worker finds the client's address. */
export const CLIENT_HEADER = "x-antiphon-client";
/** Connections at once; more are closed as they come. */
const MOST = 20_000;
const RETRY_MS = 25;

/**
 * The edge's public port. It stays open while the worker behind it is replaced: requests wait, and
 * connections between two requests never hear of it.
 */
export class FrontDoor {
  readonly #listener: Deno.TcpListener;
  readonly #connections = new Set<FrontConnection>();
  readonly #running = new Set<Promise<void>>();
  #worker: { hostname: string; port: number } | null = null;
  #gate = Promise.withResolvers<void>();
  #held = true;
  #inFlight = 0;
  #quiet = Promise.withResolvers<void>();
  #closed = false;
  readonly #sweeping: ReturnType<typeof setInterval>;
  readonly #accepting: Promise<void>;

  /** @throws AntiphonError `address_in_use`, `configuration_invalid` for a host that is not here */
  constructor(readonly options: FrontDoorOptions) {
    this.#listener = listen(options.hostname, options.port);
    this.#accepting = this.#accept();
    const { times } = options;
    this.#sweeping = setInterval(() => {
      const now = performance.now();
      for (const connection of this.#connections) connection.sweep(now, times);
    }, times.sweep);
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** Requests that the worker has and has not answered. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Connections, idle ones and upgraded ones included. */
  get connections(): number {
    return this.#connections.size;
  }

  /** From now on requests wait, but for those that the worker has. */
  hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.#gate = Promise.withResolvers();
  }

  /** Resolves when the worker has answered all it was asked, or after `ms` milliseconds. */
  async quiet(ms: number): Promise<boolean> {
    if (this.#inFlight === 0) return true;
    this.#quiet = Promise.withResolvers();
    return await within(this.#quiet.promise, ms);
  }

  /** A worker listens there: whoever waited goes on. */
  release(worker: { hostname: string; port: number }): void {
    this.#worker = worker;
    this.#held = false;
    this.#gate.resolve();
  }

  /** Closes the port and every connection, and waits until all have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeping);
    this.#listener.close();
    this.#gate.resolve();
    for (const connection of this.#connections) connection.close();
    await this.#accepting;
    await Promise.all(this.#running);
  }

  async #accept(): Promise<void> {
    while (!this.#closed) {
      let client: Deno.TcpConn;
      try {
        client = await this.#listener.accept();
      } catch (error) {
        if (this.#closed) return;
        // Out of file descriptors, or the client has gone already.
        this.options.log.warn("front.not_accepted", { error });
        await pause(RETRY_MS);
        continue;
      }
      if (this.#connections.size >= MOST) client.close();
      else this.#take(client);
    }
  }

  #take(client: Deno.TcpConn): void {
    client.setNoDelay(true);
    // An IPv4 client of a socket that takes both kinds.
    const hostname = client.remoteAddr.hostname.replace(/^::ffff:(?=\d+\.)/i, "");
    const connection = new FrontConnection(client, {
      worker: () => this.#reach(),
      passage: async () => !this.#held || await this.#passage(),
      begun: () => void (this.#inFlight += 1),
      over: (count) => {
        this.#inFlight -= count;
        if (this.#inFlight === 0) this.#quiet.resolve();
      },
      now: () => performance.now(),
      client: new TextEncoder().encode(`${CLIENT_HEADER}: ${hostname}\r\n`),
      clientHeader: CLIENT_HEADER,
    });
    this.#connections.add(connection);
    const running = connection.run().finally(() => {
      this.#connections.delete(connection);
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  /** Waits until requests may go on, at most for the time that one is held. */
  async #passage(): Promise<boolean> {
    return await within(this.#gate.promise, this.options.times.hold);
  }

  /** Connects to the worker. One that has just died is about to be replaced. */
  async #reach(): Promise<Deno.TcpConn | null> {
    const until = performance.now() + this.options.times.hold;
    while (!this.#closed && performance.now() < until) {
      if (this.#held) await this.#passage();
      if (this.#worker === null || this.#held) continue;
      try {
        const worker = await Deno.connect(this.#worker);
        worker.setNoDelay(true);
        return worker;
      } catch {
        await pause(RETRY_MS);
      }
    }
    return null;
  }
}

function listen(hostname: string, port: number): Deno.TcpListener {
  try {
    return Deno.listen({ hostname, port });
  } catch (cause) {
    const [code, message] = cause instanceof Deno.errors.AddrInUse
      ? ["address_in_use", `Port ${port} is taken: stop what uses it or set PORT`] as const
      : ["configuration_invalid", `HOSTNAME ${hostname} cannot be listened on`] as const;
    throw new AntiphonError(code, message, { cause });
  }
}

/** Whether something happens within so many milliseconds. */
async function within(event: Promise<void>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => void (timer = setTimeout(resolve, ms, false)));
  const happened = await Promise.race([event.then(() => true), late]);
  clearTimeout(timer);
  return happened;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
