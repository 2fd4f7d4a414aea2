/** Ids in the shape of UUIDv7, the same each time. */
export function virtualIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-7000-9000-${count.toString(16).padStart(12, "0")}`;
  };
}
