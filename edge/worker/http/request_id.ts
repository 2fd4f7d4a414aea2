/** The caller's `x-request-id` if it is harmless, else a new id. It is in logs and problems. */
export function requestId(
  headers: Headers,
  newId: () => string = () => crypto.randomUUID(),
): string {
  const given = headers.get("x-request-id") ?? "";
  return /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : newId();
}
