import { Slug, Uuid } from "../../../protocol/ids/names.ts";

/** What the browser keeps for a signed-in person, out of reach of scripts. */
export interface SessionCookie {
  tenantId: string;
  agentId: string;
  refreshToken: string;
}

const NAME = "antiphon_session";

/** Reads the session cookie; undefined when there is none, or none that could be ours. */
export function readSessionCookie(header: string | null): SessionCookie | undefined {
  const pair = (header ?? "").split(/;\s*/).find((part) => part.startsWith(`${NAME}=`));
  const [tenant, agent, refreshToken] = pair?.slice(NAME.length + 1).split(".") ?? [];
  const tenantId = Uuid.safeParse(tenant);
  const agentId = Slug.safeParse(agent);
  if (
    !tenantId.success || !agentId.success || !/^[A-Za-z0-9_-]{20,256}$/.test(refreshToken ?? "")
  ) {
    return undefined;
  }
  return { tenantId: tenantId.data, agentId: agentId.data, refreshToken };
}

/**
 * The Set-Cookie header that keeps a session, or with null ends it (RFC 6265). It is sent back to
 * `/v1` only, never to other sites, and without `Secure` only over plain http, which browsers
 * allow on this machine alone.
 */
export function writeSessionCookie(
  url: string,
  cookie: (SessionCookie & { maxAge: number }) | null,
): string {
  const secure = new URL(url).protocol === "https:" ? "; Secure" : "";
  const value = cookie ? `${cookie.tenantId}.${cookie.agentId}.${cookie.refreshToken}` : "";
  return `${NAME}=${value}; Path=/v1; Max-Age=${
    cookie?.maxAge ?? 0
  }; HttpOnly; SameSite=Strict${secure}`;
}
