/** A WAL position as PostgreSQL writes it ("0/3000060") from its number of bytes. */
export function formatLsn(position: bigint): string {
  return `${(position >> 32n).toString(16)}/${(position & 0xffff_ffffn).toString(16)}`
    .toUpperCase();
}
