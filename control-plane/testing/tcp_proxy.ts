/** A way to a TCP server that a test can cut and mend. */
export class TcpProxy {
  readonly port: number;
  readonly #listener: Deno.TcpListener;
  readonly #connections = new Set<Deno.TcpConn>();
  readonly #work = new Set<Promise<unknown>>();
  #cut = false;

  constructor(target: number) {
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.port = this.#listener.addr.port;
    this.#follow(this.#accept(target));
  }

  /** Closes what is open and refuses what comes. */
  cut(): void {
    this.#cut = true;
    for (const connection of this.#connections) this.#end(connection);
  }

  /** Lets connections through again. */
  mend(): void {
    this.#cut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#listener.close();
    await Promise.allSettled(this.#work);
  }

  async #accept(target: number): Promise<void> {
    for await (const near of this.#listener) {
      if (this.#cut) {
        near.close();
        continue;
      }
      const far = await Deno.connect({ hostname: "127.0.0.1", port: target });
      this.#connections.add(near).add(far);
      this.#follow(this.#pipe(near, far));
      this.#follow(this.#pipe(far, near));
    }
  }

  async #pipe(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(16_384);
    try {
      for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
        for (let at = 0; at < n;) at += await to.write(buffer.subarray(at, n));
      }
    } catch {
      // The test cut the line, or one side went: both ends close below.
    }
    this.#end(from);
    this.#end(to);
  }

  #end(connection: Deno.TcpConn): void {
    if (this.#connections.delete(connection)) connection.close();
  }

  #follow(work: Promise<unknown>): void {
    this.#work.add(work);
  }
}
