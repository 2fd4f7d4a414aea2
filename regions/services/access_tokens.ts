import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Connector } from "../../protocol/configuration/connector.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { OutgoingHttp } from "../egress/outgoing_http.ts";

type ClientCredentials = Extract<
  Connector["authentication"],
  { type: "oauth-client-credentials" }
>;

/** Whose token is wanted. */
export interface TokenOwner {
  tenantId: string;
  connectorId: string;
  /** Changes with the connector. */
  version: number;
  authentication: ClientCredentials;
  /** The client's secret. */
  secret: () => Promise<string>;
}

interface Held {
  version: number;
  token: Promise<string>;
  /** When it is no longer used (epoch ms); infinite while it is asked for. */
  until: number;
}

const TokenAnswer = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().max(10 ** 9).default(300),
});

const TIMES = { connectMs: 5_000, firstByteMs: 10_000, totalMs: 12_000 };
/** A token is not used when it ends within this, in milliseconds. */
const MARGIN_MS = 30_000;

/**
 * Access tokens by client credentials (RFC 6749 section 4.4), kept in memory until shortly before
 * they end. Those who want the same one wait for one request.
 */
export class AccessTokens {
  readonly #held = new Map<string, Held>();

  constructor(readonly outgoing: OutgoingHttp, readonly now: () => number) {}

  /** @throws AntiphonError `service_sign_in_failed`, and whatever the exchange comes to */
  async of(owner: TokenOwner): Promise<string> {
    const key = keyOf(owner);
    const held = this.#held.get(key);
    if (held && held.version === owner.version && this.now() < held.until) return await held.token;
    const fresh: Held = { version: owner.version, token: Promise.resolve(""), until: Infinity };
    fresh.token = this.#ask(owner, fresh).catch((error) => {
      if (this.#held.get(key) === fresh) this.#held.delete(key);
      throw error;
    });
    this.#held.set(key, fresh);
    return await fresh.token;
  }

  /** A token was refused: the next one is asked for anew. */
  forget(owner: Pick<TokenOwner, "tenantId" | "connectorId">): void {
    this.#held.delete(keyOf(owner));
  }

  async #ask({ tenantId, authentication, secret }: TokenOwner, held: Held): Promise<string> {
    const { tokenUrl, clientId, scope, credentialsIn } = authentication;
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    if (scope !== "") form.set("scope", scope);
    const clientSecret = await secret();
    if (credentialsIn === "body") {
      form.set("client_id", clientId);
      form.set("client_secret", clientSecret);
    }
    const answer = await this.outgoing.exchange(
      tenantId,
      {
        ...{ method: "POST", url: new URL(tokenUrl), body: Buffer.from(form.toString()) },
        headers: {
          ...{ accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
          ...credentialsIn === "header" ? { authorization: basic(clientId, clientSecret) } : {},
        },
      },
      TIMES,
      new AbortController().signal,
    );
    const parsed = TokenAnswer.safeParse(jsonOf(answer.body));
    if (answer.status !== 200 || !parsed.success) {
      throw new AntiphonError("service_sign_in_failed", "The token endpoint gave no token", {
        data: { status: answer.status },
      });
    }
    const life = parsed.data.expires_in * 1000;
    held.until = this.now() + life - Math.min(MARGIN_MS, life / 2);
    return parsed.data.access_token;
  }
}

/** RFC 6749 section 2.3.1: both are form-encoded first. */
function basic(clientId: string, secret: string): string {
  const pair = [clientId, secret].map((part) =>
    new URLSearchParams({ p: part }).toString().slice(2)
  );
  return `Basic ${Buffer.from(pair.join(":")).toString("base64")}`;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function keyOf({ tenantId, connectorId }: Pick<TokenOwner, "tenantId" | "connectorId">): string {
  return `${tenantId} ${connectorId}`;
}
