/** One change to a file. */
export interface Edit {
  /** From the repository's root. */
  file: string;
  /** Text that stands there once. */
  find: string;
  replace: string;
}

/** A bug that is planted to see whether the simulation catches it. */
export interface Mutant extends Edit {
  name: string;
  /** What else is changed, where one guard stands behind another. */
  also?: readonly Edit[];
  /** Worlds within which it must be caught; 120 unless told. */
  seeds?: number;
}
