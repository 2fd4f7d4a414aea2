import type { DateValue } from "./date_value.ts";

/** A list of values. */
export type ValueList = readonly Value[];
/** A map. Only ever read by its own keys, see {@linkcode ownValue}. */
export interface ValueMap {
  readonly [key: string]: Value;
}
/** What an expression works on: a JSON value or a date. */
export type Value = null | boolean | number | string | DateValue | ValueList | ValueMap;
