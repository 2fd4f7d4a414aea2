/** An event as it was stored, of whatever version. */
export type RawBody = Readonly<Record<string, unknown>>;

/**
 * Turns an event of version n into what version n + 1 says in its place: one event or several, in
 * order. Pure and total: it is applied to every event of that version, forever.
 */
export type Upcaster = (body: RawBody) => readonly [RawBody, ...RawBody[]];

/**
 * Upcasters in order: the first one takes version 1 to 2. Only ever appended to, and only for what
 * a default of the new member cannot say.
 */
export const UPCASTERS: readonly Upcaster[] = [];
