/**
 * Whether an If-None-Match header names this version (RFC 9110 section 13.1.2). A bare version,
 * without quotes, counts too.
 */
export function matchesEtag(header: string | undefined, version: string): boolean {
  return (header ?? "").split(",").map((tag) => tag.trim())
    .some((tag) => tag === "*" || tag.replace(/^W\//, "").replace(/^"(.*)"$/, "$1") === version);
}
