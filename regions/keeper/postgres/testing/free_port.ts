/** A port of a loopback address that was free a moment ago. */
export function freePort(hostname: string): number {
  const probe = Deno.listen({ hostname, port: 0 });
  const { port } = probe.addr;
  probe.close();
  return port;
}
