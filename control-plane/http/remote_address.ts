import type { Context } from "hono";

/** The address a request came from, as the socket knows it; "local" without a socket. */
export function remoteAddress(c: Context): string {
  const info = c.env as Partial<Deno.ServeHandlerInfo<Deno.NetAddr>> | undefined;
  return info?.remoteAddr?.hostname ?? "local";
}
