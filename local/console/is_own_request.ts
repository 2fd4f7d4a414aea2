/**
 * Whether a request comes from the console's own page or from a program on this machine, rather
 * than from another site in the user's browser: the `Host` must be a name of this very server,
 * against DNS rebinding, and `Origin` and `Sec-Fetch-Site`, where given, its own, against forged
 * requests (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/).
 */
export function isOwnRequest(headers: Headers, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = headers.get("host");
  if (host === null || !hosts.includes(host)) return false;
  const origin = headers.get("origin");
  if (origin !== null && origin !== `http://${host}`) return false;
  const site = headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return true;
  // A link on another page may lead here; it may not do more than open the page.
  return headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
}
