import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { ClusterId, DisplayName, PhoneNumber, Slug } from "../../../protocol/ids/names.ts";
import { Trunk } from "../../../protocol/topology/pop_configuration.ts";

type Item = Record<string, unknown> & { id?: string };

const OPERATOR = { clientId: "operator", clientSecret: "operator's secret" };

const NEW = {
  tenants: z.strictObject({ slug: Slug, name: DisplayName, clusterId: ClusterId }),
  trunks: z.strictObject(Trunk.omit({ id: true, tenantId: true }).shape),
  numbers: z.strictObject({ number: PhoneNumber }),
  assets: z.strictObject({
    channel: z.literal("whatsapp"),
    name: DisplayName,
    phoneNumberId: z.string(),
    appSecret: z.string().min(16),
    verifyToken: z.string().min(8),
  }),
} as const;

/**
 * The partner API as the contract tells it, in memory: bodies are held to the protocol's schemas,
 * lists come in pages of one, and every POST needs an Idempotency-Key.
 */
export class PartnerApiDouble implements AsyncDisposable {
  readonly operator = OPERATOR;
  /** "POST /v1/tenants" … in order, without reads and tokens. */
  readonly writes: string[] = [];
  readonly lists: Record<string, Item[]> = {};
  configuration: TenantConfiguration | undefined;
  /** The configuration is answered 503 so many times first, as before a cell knows the tenant. */
  notReady = 0;
  readonly #partners = new Map<string, string>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      this.#app().fetch,
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Forgets everything, as after its database was lost. */
  reset(): void {
    this.#partners.clear();
    for (const path of Object.keys(this.lists)) delete this.lists[path];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  #app(): Hono {
    const app = new Hono();
    app.onError((error, c) => {
      const status = error instanceof HTTPException ? error.status : 422;
      const detail = error.message;
      return c.json({ type: "about:blank", title: "no", status, detail, code: "refused" }, status);
    });
    app.post("/v1/oauth/token", async (c) => {
      const form = await c.req.formData();
      const [id, secret] = ["client_id", "client_secret"].map((key) => String(form.get(key)));
      const known = id === OPERATOR.clientId ? OPERATOR.clientSecret : this.#partners.get(id);
      if (form.get("grant_type") !== "client_credentials" || known !== secret) {
        throw new HTTPException(401, { message: "unknown client" });
      }
      return c.json({ access_token: id, token_type: "Bearer", expires_in: 300 });
    });
    app.post("/v1/partners", (c) => {
      this.#require(c.req.raw, OPERATOR.clientId);
      const clientId = `partner-${crypto.randomUUID()}`;
      const clientSecret = crypto.randomUUID();
      this.#partners.set(clientId, clientSecret);
      this.writes.push("POST /v1/partners");
      return c.json({ id: crypto.randomUUID(), name: "x", clientId, clientSecret }, 201);
    });
    app.put("/v1/tenants/:id/configuration", async (c) => {
      this.#require(c.req.raw);
      if (this.notReady-- > 0) throw new HTTPException(503, { message: "not replicated yet" });
      this.configuration = TenantConfiguration.parse(await c.req.json());
      this.writes.push("PUT configuration");
      return c.json({});
    });
    for (const path of ["/v1/tenants", "/v1/trunks"]) this.#list(app, path);
    for (const kind of ["numbers", "assets"]) this.#list(app, `/v1/tenants/:id/${kind}`);
    return app;
  }

  #list(app: Hono, route: string): void {
    const kind = route.split("/").at(-1) as keyof typeof NEW;
    app.get(route, (c) => {
      this.#require(c.req.raw);
      const items = this.lists[c.req.path] ?? [];
      const from = Number(c.req.query("after") ?? 0);
      const next = from + 1 < items.length ? String(from + 1) : null;
      return c.json({ items: items.slice(from, from + 1), next });
    });
    app.post(route, async (c) => {
      this.#require(c.req.raw);
      if (!c.req.header("idempotency-key")) throw new Error("An Idempotency-Key is missing");
      const id = crypto.randomUUID();
      const { appSecret: _, ...body } = { ...NEW[kind].parse(await c.req.json()) } as Item;
      const item = { id, ...body, ...(kind === "assets" ? { webhookPath: `/hooks/${id}` } : {}) };
      (this.lists[c.req.path] ??= []).push(item);
      this.writes.push(`POST ${c.req.path.replace(/[0-9a-f-]{36}/, ":id")}`);
      return c.json(item, 201);
    });
  }

  #require(request: Request, who?: string): void {
    const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
    const good = who === undefined ? this.#partners.has(token) : token === who;
    if (!good) throw new HTTPException(401, { message: "no token" });
  }
}
