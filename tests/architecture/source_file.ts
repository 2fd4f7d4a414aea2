/** How one file leads to another. A `url` is `new URL("./worker.ts", import.meta.url)`. */
export interface Import {
  specifier: string;
  kind: "static" | "dynamic" | "url";
  line: number;
}

/** A file as the checks see it. */
export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  path: string;
  imports: Import[];
  /** Names it exports; "default" for a default export. */
  exports: string[];
  lines: number;
  /** Its first comment if it begins with one, else "". */
  firstComment: string;
}
