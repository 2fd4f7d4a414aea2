/** A rule of the house that a file breaks. */
export interface Violation {
  rule: "wall" | "cycle" | "size" | "name";
  path: string;
  line: number;
  message: string;
}
