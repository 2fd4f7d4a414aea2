/** Encodes one sample (-1 to 1) as A-law (ITU-T G.711, table 1a). */
function encode(sample: number): number {
  const magnitude = Math.min(Math.round(Math.abs(sample) * 4096), 4095);
  let exponent = 7;
  while (exponent > 1 && magnitude < 16 << exponent) exponent -= 1;
  const coded = magnitude < 32
    ? magnitude >> 1
    : (exponent << 4) | ((magnitude >> exponent) & 0x0f);
  return (sample >= 0 ? 0x80 : 0) ^ coded ^ 0x55;
}

/** Writes a tone as raw A-law at 8000 samples a second, half of full scale. */
export async function writeToneALaw(path: string, hz: number, seconds: number): Promise<void> {
  const bytes = new Uint8Array(seconds * 8000);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = encode(Math.sin(2 * Math.PI * hz * i / 8000) * 0.5);
  }
  await Deno.writeFile(path, bytes);
}
