import type { Run } from "./run.ts";
import type { Value } from "./value.ts";

/** What a filter, test or function takes in one place. */
export interface Parameter {
  readonly name: string;
  /** Kinds it may be, as bits of `Kind`. */
  readonly kinds: number;
  readonly optional?: true;
  /** Says what is wrong with a value of the right kind; asked of constants before, of all at run time. */
  readonly problem?: (value: Value) => string | undefined;
}

/** Filter, test or function: what it takes and gives, and how it is done. */
export interface Signature {
  readonly name: string;
  /** Kinds that may be filtered or tested. A filter makes nothing of nothing unless it takes it. */
  readonly takes: number;
  readonly params: readonly Parameter[];
  /** The last parameter may be given again and again. */
  readonly repeats?: true;
  /** Kinds it may give. */
  readonly gives: number;
  /** `args` stand in the order of `params`; what was not given is `undefined`. */
  run(of: Value, args: readonly (Value | undefined)[], run: Run): Value;
}
