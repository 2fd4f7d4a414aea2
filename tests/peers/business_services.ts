/** A request that a service was sent. */
export interface ServiceRequestSeen {
  method: string;
  path: string;
  body: unknown;
}

/** What stands behind the connectors of the ten flows: a bank's and an airline's service. */
export class BusinessServices implements AsyncDisposable {
  readonly seen: ServiceRequestSeen[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** "host:port" to be allowed by a cell's egress guard. */
  get host(): string {
    return `127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const path = decodeURIComponent(new URL(request.url).pathname);
    const text = await request.text();
    this.seen.push({ method: request.method, path, body: text === "" ? null : JSON.parse(text) });
    const answer = ANSWERS[`${request.method} ${path}`];
    return answer === undefined
      ? Response.json({ error: "not found" }, { status: 404 })
      : Response.json(answer);
  }
}

const ANSWERS: Readonly<Record<string, unknown>> = {
  "GET /bank/customers/12345678": { name: "Rosa Lind", balance: 1234.5 },
  "POST /bank/cards/block": { blocked: true },
  "GET /bank/callers/+4930123456": { tier: "gold", manager: "ben" },
  "GET /airline/bookings/471100": {
    alternatives: [{ flight: "AN 12", at: "10:40" }, { flight: "AN 14", at: "14:05" }],
  },
  "POST /airline/bookings/471100/changes": { confirmation: "8842" },
};
