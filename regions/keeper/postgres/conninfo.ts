/**
 * A libpq connection string (PostgreSQL manual section 34.1.1.1). Values are quoted, so that any
 * character may stand in a password.
 */
export function conninfo(parts: Readonly<Record<string, string | number>>): string {
  return Object.entries(parts)
    .map(([key, value]) => `${key}='${String(value).replace(/[\\']/g, "\\$&")}'`)
    .join(" ");
}
