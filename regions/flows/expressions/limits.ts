/** What one template or expression may cost. Counted, never timed, so that every run is the same. */
export const LIMITS = {
  /** Characters of a source. */
  sourceLength: 4096,
  /** Steps of one evaluation: a node visited, a loop's turn, 64 characters or items worked on. */
  steps: 10_000,
  /** Bytes a template renders, in UTF-8. */
  outputBytes: 16_384,
  /** Characters of any text made on the way, and of a stored variable. */
  textLength: 65_536,
  /** Items of any list or map made on the way. */
  items: 1_000,
  /** Brackets, unary operators and conditionals within each other in a source. */
  nesting: 100,
  /** Levels of an expression's tree. */
  depth: 200,
  /** Tags `if` and `for` within each other. */
  blocks: 16,
  /** Levels of a JSON value. */
  jsonDepth: 32,
} as const;
