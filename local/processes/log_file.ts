/** Lines kept in memory to be shown when a process fails. */
const KEPT_LINES = 40;

/**
 * A process's log on disk. Past `maxBytes` it moves to `path.1`, replacing what was there, so that
 * it never takes more than twice that.
 */
export class LogFile {
  readonly lastLines: string[] = [];
  readonly #path: string;
  readonly #maxBytes: number;
  #file: Deno.FsFile | undefined;
  #size = 0;

  /** @param maxBytes size at which the file is moved away; 8 MiB by default */
  constructor(path: string, maxBytes = 8 << 20) {
    this.#path = path;
    this.#maxBytes = maxBytes;
  }

  /** Appends one line. A disk that takes nothing more costs the line, not the process. */
  write(line: string): void {
    this.lastLines.push(line);
    if (this.lastLines.length > KEPT_LINES) this.lastLines.shift();
    try {
      const file = this.#open();
      const bytes = new TextEncoder().encode(line + "\n");
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      this.#size += bytes.length;
    } catch (error) {
      this.lastLines.push(`(log not written: ${error instanceof Error ? error.message : error})`);
    }
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #open(): Deno.FsFile {
    if (this.#file && this.#size < this.#maxBytes) return this.#file;
    if (this.#file) {
      this.close();
      Deno.renameSync(this.#path, `${this.#path}.1`);
    }
    this.#file = Deno.openSync(this.#path, { create: true, append: true, mode: 0o600 });
    this.#size = this.#file.statSync().size;
    return this.#file;
  }
}
