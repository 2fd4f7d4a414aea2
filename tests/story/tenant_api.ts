import type { Stage } from "./stage.ts";

/** What the tenant's API answered. */
export interface ApiAnswer {
  status: number;
  etag: string | null;
  // deno-lint-ignore no-explicit-any -- each caller knows what it asked for
  body: any;
}

/** The tenant's API at the edge, as the administrator of the demo tenant uses it. */
export class TenantApi {
  private constructor(readonly edgeUrl: string, readonly token: string) {}

  static async signOn(stage: Stage): Promise<TenantApi> {
    const { username, password } = stage.agents[2];
    const response = await fetch(`${stage.edgeUrl}/v1/sign-on`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ tenant: stage.tenant, username, password }),
    });
    if (!response.ok) throw new Error(`sign-on: ${response.status} ${await response.text()}`);
    return new TenantApi(stage.edgeUrl, (await response.json()).accessToken);
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    const response = await fetch(`${this.edgeUrl}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      etag: response.headers.get("etag"),
      body: text === "" ? null : JSON.parse(text),
    };
  }

  /** Reads an entity, changes it and puts it back as what was read. */
  // deno-lint-ignore no-explicit-any -- an entity of any kind
  async change(path: string, change: (entity: any) => void): Promise<void> {
    const { body, etag } = await this.ask("GET", path);
    change(body);
    const { status, body: said } = await this.ask("PUT", path, body, { "if-match": etag! });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(said)}`);
  }
}
