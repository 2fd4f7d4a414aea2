import type { Connector } from "../../protocol/configuration/connector.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * The address of a request through a connector: below its own, and below one of the paths it allows.
 *
 * @param address A path with its query, as rendered.
 * @throws AntiphonError `node_not_authorised` when it leads elsewhere
 */
export function connectorUrl({ baseUrl, paths }: Connector, address: string): URL {
  // A segment that a value turned into dots would lead to something else than the flow names.
  if (hasDots(address.split(/[?#]/, 1)[0])) throw elsewhere();
  const base = new URL(baseUrl);
  const root = base.pathname.replace(/\/+$/, "");
  const url = URL.parse(`${base.origin}${root}${address.startsWith("/") ? "" : "/"}${address}`);
  if (!url || url.origin !== base.origin || url.username !== "" || url.password !== "") {
    throw elsewhere();
  }
  url.hash = "";
  checkPath(url, root, paths);
  return url;
}

/**
 * Looks whether a path lies below one of those allowed, segment by segment.
 * @throws AntiphonError `node_not_authorised`
 */
export function checkPath({ pathname }: URL, root: string, paths: readonly string[]): void {
  if (hasDots(pathname)) throw elsewhere();
  const below = (prefix: string) => {
    const start = root + prefix.replace(/\/+$/, "");
    return pathname === start || pathname.startsWith(`${start}/`);
  };
  if (!paths.some(below)) throw elsewhere();
}

/**
 * The address of a request without a connector: https, at one of the hosts that are allowed.
 * @throws AntiphonError `node_not_authorised`, `invalid_request`
 */
export function plainUrl(address: string, hosts: readonly string[]): URL {
  const url = URL.parse(address);
  if (!url) throw new AntiphonError("invalid_request", "It is no address");
  if (!hosts.includes(url.hostname) || url.username !== "" || url.password !== "") {
    throw elsewhere();
  }
  url.hash = "";
  return url;
}

/** Whether a path has dot segments, also when a server undoes escapes before it looks. */
function hasDots(path: string): boolean {
  let plain = path;
  try {
    plain = decodeURIComponent(path);
  } catch { /* Some server's own escapes: they are no dots. */ }
  return plain.split(/[/\\]/).some((segment) => segment === ".." || segment === ".");
}

function elsewhere(): AntiphonError {
  return new AntiphonError(
    "node_not_authorised",
    "Flows may not act there: an administrator must authorise it first",
  );
}
