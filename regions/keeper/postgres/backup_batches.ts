import type { BackupEntry } from "./base_backup_files.ts";

/** A stretch of a file, in bytes. */
export interface BackupPiece {
  path: string;
  offset: number;
  length: number;
}

/**
 * Puts files into batches of about `limit` bytes, so that each takes one question: small ones
 * together, large ones in pieces. What a file
 * has grown by since it was listed comes with the WAL.
 */
export function backupBatches(files: readonly BackupEntry[], limit: number): BackupPiece[][] {
  const batches: BackupPiece[][] = [];
  let batch: BackupPiece[] = [];
  let room = limit;
  const close = () => {
    if (batch.length > 0) batches.push(batch);
    batch = [];
    room = limit;
  };
  for (const { path, size } of files) {
    let offset = 0;
    do {
      const length = Math.min(size - offset, limit);
      if (length > room || batch.length >= 200) close();
      batch.push({ path, offset, length });
      room -= length;
      offset += length;
    } while (offset < size);
  }
  close();
  return batches;
}
