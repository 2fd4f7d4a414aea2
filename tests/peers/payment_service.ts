/** A customer's payment service: takes card numbers and gives tokens for them. */
export class PaymentService implements AsyncDisposable {
  readonly host: string;
  readonly seen: { authorization: string | null; key: string | null; body: unknown }[] = [];
  /** Answers are held back until it settles. */
  held: Promise<void> = Promise.resolve();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /** @param token What it answers for any card. */
  constructor(token: string) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      async (it) => {
        const { headers } = it;
        const [authorization, key] = ["authorization", "idempotency-key"].map((n) =>
          headers.get(n)
        );
        this.seen.push({ authorization, key, body: await it.json() });
        await this.held;
        return Response.json({ token, kind: "debit" });
      },
    );
    this.host = `127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
