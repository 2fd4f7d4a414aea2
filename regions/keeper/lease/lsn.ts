/**
 * Writes a position in the write-ahead log as PostgreSQL does: "0/3000060".
 * @param position bytes, from 0 to 2^64 - 1
 */
export function formatLsn(position: bigint): string {
  const hex = (part: bigint) => part.toString(16).toUpperCase();
  return `${hex(position >> 32n)}/${hex(position & 0xffffffffn)}`;
}

/** Reads what {@linkcode formatLsn} wrote. @throws SyntaxError when it is not of that form */
export function parseLsn(text: string): bigint {
  const match = /^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})$/.exec(text);
  if (!match) throw new SyntaxError(`not a position in a write-ahead log: ${text.slice(0, 40)}`);
  return (BigInt(`0x${match[1]}`) << 32n) | BigInt(`0x${match[2]}`);
}
