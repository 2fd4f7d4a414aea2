/** Waits, in milliseconds. For what can only be looked at again: files and processes of others. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
