import type { BucketSize } from "../limits/rate_limit_calls.ts";

/** Failed attempts on one person: ten, then one every half minute. A success forgives them. */
export const PERSON_LIMIT: BucketSize = { capacity: 10, perSecond: 1 / 30 };
/** Attempts from one address, good or not; a whole office may sign on at nine. */
export const ADDRESS_LIMIT: BucketSize = { capacity: 200, perSecond: 50 };
/** Failed attempts from one address, over all the names it tries. */
export const ADDRESS_FAILURE_LIMIT: BucketSize = { capacity: 60, perSecond: 0.5 };
