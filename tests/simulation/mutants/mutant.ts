/** A bug that is planted to see whether the simulation catches it. */
export interface Mutant {
  name: string;
  /** From the repository's root. */
  file: string;
  /** Text that stands there once. */
  find: string;
  replace: string;
  /** Worlds within which it must be caught; 120 unless told. */
  seeds?: number;
}
