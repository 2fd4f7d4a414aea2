/** What bounds a trace. */
export const TRACE_LIMITS = {
  /** Characters of an input's JSON. */
  input: 4096,
  /** Characters of one value of an output, and of all of them. */
  value: 1024,
  output: 8192,
  /** Characters of an error's message. */
  message: 512,
  /** Steps of one decision whose inputs and outputs are kept; of later ones the way is. */
  whole: 100,
} as const;
