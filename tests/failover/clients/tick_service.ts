import type { History } from "../history/history.ts";

/** A tenant's own service, which flows call at every turn of their timer: counts idempotency keys. */
export class TickService implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  /** Notes what comes; another for each run. */
  history: History | undefined;

  constructor(hostname: string) {
    this.#server = Deno.serve(
      { hostname, port: 0, onListen: () => {} },
      (request) => this.#take(request),
    );
  }

  get port(): number {
    return this.#server.addr.port;
  }

  async #take(request: Request): Promise<Response> {
    const { call, round } = await request.json();
    const epoch = request.headers.get("antiphon-epoch");
    this.history?.note({
      ...{ kind: "outside", service: "ticks", to: String(call), number: Number(round) },
      key: request.headers.get("idempotency-key") ?? "",
      epoch: epoch === null ? null : Number(epoch),
    });
    return Response.json({ taken: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
