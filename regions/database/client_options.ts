/**
 * How the driver connects. After a failure it tries again soon, however often it has failed: a
 * server that comes back, or is promoted, is there at once.
 */
export const CLIENT = { onnotice: () => {}, connect_timeout: 10, backoff: () => 0.05 };

/**
 * No types of arrays are asked for when a connection opens. A pool has to ask: the driver never
 * hands out a reserved connection otherwise.
 */
export const PLAIN = { ...CLIENT, fetch_types: false };
