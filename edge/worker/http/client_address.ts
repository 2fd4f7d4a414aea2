/**
 * The client's address, for limits. From the header that the platform in front sets, if one is
 * named; else the socket's. IPv6 is cut to its /64, which one subscriber has to itself.
 */
export function clientAddress(request: Request, header: string | undefined): string {
  const named = header ? request.headers.get(header) : undefined;
  const socket = (request as { cf?: { clientIp?: string } }).cf?.clientIp;
  const address = named ?? withoutPort(socket) ?? "unknown";
  if (!address.includes(":")) return address.slice(0, 64);
  return expand(address).slice(0, 4).join(":");
}

function withoutPort(address: string | undefined): string | undefined {
  return address?.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^([^:]+):\d+$/, "$1");
}

function expand(address: string): string[] {
  const [head, tail] = address.toLowerCase().slice(0, 64).split("::");
  const front = head ? head.split(":") : [];
  if (tail === undefined) return front;
  const back = tail ? tail.split(":") : [];
  const gap = Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(gap).fill("0"), ...back];
}
