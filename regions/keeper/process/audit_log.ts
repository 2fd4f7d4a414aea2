import { join } from "node:path";
import { KeeperAudit } from "../../../protocol/keeper/keeper_audit.ts";

/** Entries kept in memory. */
const KEPT = 1000;
/** Size at which the file moves to `audit-<n>.jsonl`, in bytes. */
const LIMIT = 16 << 20;

/**
 * What happened to one cluster at this site: lines of JSON, on the disk before anything goes on.
 * Full files are kept beside it; they are the operator's.
 */
export class AuditLog {
  readonly #folder: string;
  #entries: KeeperAudit[];
  #last: Promise<void> = Promise.resolve();

  private constructor(folder: string, entries: KeeperAudit[]) {
    this.#folder = folder;
    this.#entries = entries;
  }

  /** Reads the newest entries of a folder; a line that a crash has cut is left out. */
  static async open(folder: string): Promise<AuditLog> {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, "audit.jsonl");
    const text = await Deno.readTextFile(path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return "";
      throw error;
    });
    const lines = text.split("\n").filter((line) => line !== "").slice(-KEPT);
    const entries = lines.flatMap((line) => {
      const parsed = KeeperAudit.safeParse(parse(line));
      return parsed.success ? [parsed.data] : [];
    });
    return new AuditLog(folder, entries);
  }

  /** The newest entries, the oldest of them first. */
  get entries(): readonly KeeperAudit[] {
    return this.#entries;
  }

  /** Adds an entry. Done when it is on the disk; entries keep their order. */
  add(entry: KeeperAudit): Promise<void> {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries = this.#entries.slice(-KEPT);
    const done = this.#last.then(() => this.#append(entry));
    this.#last = done.catch(() => {});
    return done;
  }

  async #append(entry: KeeperAudit): Promise<void> {
    const path = join(this.#folder, "audit.jsonl");
    const file = await Deno.open(path, { create: true, append: true, read: true, mode: 0o600 });
    try {
      const { size } = await file.stat();
      // What a crash has cut ends here.
      const text = `${await endsInLine(file, size) ? "" : "\n"}${JSON.stringify(entry)}\n`;
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
      if (size > LIMIT) await Deno.rename(path, join(this.#folder, `audit-${entry.at}.jsonl`));
    } finally {
      file.close();
    }
  }
}

async function endsInLine(file: Deno.FsFile, size: number): Promise<boolean> {
  if (size === 0) return true;
  const last = new Uint8Array(1);
  await file.seek(size - 1, Deno.SeekMode.Start);
  await file.read(last);
  return last[0] === 10;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
