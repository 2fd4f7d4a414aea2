/** Whether a URI's host is an IPv4 address or an IPv6 address (in brackets or not). */
export function isAddress(host: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) {
    return host.split(".").every((part) => Number(part) < 256);
  }
  return host.includes(":") && /^\[?[0-9A-Fa-f:.]+\]?$/.test(host);
}
