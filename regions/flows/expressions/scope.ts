import type { VariableType } from "../../../protocol/flow/variable_type.ts";

/** What an expression may know. The same scope and source always give the same value. */
export interface Scope {
  /** The variables' stored texts; one that is not here is nothing. */
  readonly variables: Readonly<Record<string, string>>;
  /** How to read them; one that is not here is text. */
  readonly types: Readonly<Record<string, VariableType>>;
  /** Variables whose stored text is ciphertext; using one is the error `variable_sealed`. */
  readonly sealed: ReadonlySet<string>;
  /** What `now()` is, epoch ms. */
  readonly at: number;
  /** The tenant's IANA time zone. */
  readonly timeZone: string;
  /** BCP 47 tag by which dates and numbers are written. */
  readonly language: string;
  /** ISO 3166 country by which national telephone numbers are read. */
  readonly region: string | null;
}
