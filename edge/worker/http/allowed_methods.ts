/** A route as Hono lists it. */
export interface ListedRoute {
  method: string;
  path: string;
}

/** The methods that some route takes at a path, sorted; none when no route is there. */
export function allowedMethods(routes: readonly ListedRoute[], path: string): string[] {
  const methods = routes.filter((route) => route.method !== "ALL" && fits(route.path, path))
    .map(({ method }) => method);
  return [...new Set(methods)].sort();
}

/** Hono's patterns, as far as the edge's API uses them: fixed parts and ":name". */
function fits(pattern: string, path: string): boolean {
  const [parts, given] = [pattern.split("/"), path.split("/")];
  return parts.length === given.length &&
    parts.every((part, i) => part.startsWith(":") ? given[i] !== "" : part === given[i]);
}
