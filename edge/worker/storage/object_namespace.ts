/** The stub of one Durable Object: its methods over RPC, and `fetch` for WebSocket upgrades. */
export type ObjectStub<T> = T & {
  fetch(url: string, init?: { headers?: HeadersInit }): Promise<Response>;
};

/** The part of a Durable Object namespace that the worker uses. */
export interface ObjectNamespace<T> {
  // deno-lint-ignore no-explicit-any -- an opaque id, given back to `get` as it came
  idFromName(name: string): any;
  // deno-lint-ignore no-explicit-any -- see above
  get(id: any): ObjectStub<T>;
}

/** The object of that name. */
export function objectNamed<T>(namespace: ObjectNamespace<T>, name: string): ObjectStub<T> {
  return namespace.get(namespace.idFromName(name));
}
