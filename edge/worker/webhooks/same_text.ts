/** Compares two texts in a time that does not depend on where they differ. */
export async function sameText(a: string, b: string): Promise<boolean> {
  const digest = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [x, y] = [await digest(a), await digest(b)];
  return x.reduce((difference, byte, i) => difference | (byte ^ y[i]), 0) === 0;
}
