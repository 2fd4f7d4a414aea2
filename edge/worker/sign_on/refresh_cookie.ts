import { z } from "zod";
import { Uuid } from "../../../protocol/ids/names.ts";

/** What the browser keeps for the next refresh: whose token it is, and the token. */
export interface RefreshCookie {
  tenantId: string;
  refreshToken: string;
}

const PLAIN = "antiphon_refresh";
const SECURE = `__Secure-${PLAIN}`;
const Contents = z.tuple([Uuid, z.string().min(20).max(256)]);

/** The cookie of a request, null if there is none or it is not one of ours (RFC 6265). */
export function readRefreshCookie(request: Request): RefreshCookie | null {
  const name = cookieName(new URL(request.url));
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value] = pair.trim().split("=", 2);
    if (key !== name || value === undefined) continue;
    const dot = value.indexOf(".");
    const contents = Contents.safeParse([value.slice(0, dot), decoded(value.slice(dot + 1))]);
    if (contents.success) return { tenantId: contents.data[0], refreshToken: contents.data[1] };
  }
  return null;
}

/**
 * The Set-Cookie value that keeps a refresh token out of scripts' reach and sends it to the edge's
 * API only. Secure, except over plain HTTP on this machine.
 * @param maxAge seconds; 0 with a null cookie removes it
 */
export function refreshCookie(url: URL, cookie: RefreshCookie | null, maxAge: number): string {
  const value = cookie ? `${cookie.tenantId}.${encodeURIComponent(cookie.refreshToken)}` : "";
  return [
    `${cookieName(url)}=${value}`,
    "Path=/v1",
    `Max-Age=${cookie ? Math.max(0, Math.floor(maxAge)) : 0}`,
    "HttpOnly",
    "SameSite=Strict",
    ...(plainLocal(url) ? [] : ["Secure"]),
  ].join("; ");
}

function cookieName(url: URL): string {
  return plainLocal(url) ? PLAIN : SECURE;
}

function plainLocal({ protocol, hostname }: URL): boolean {
  return protocol === "http:" &&
    (hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" ||
      /^127\.\d+\.\d+\.\d+$/.test(hostname));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
