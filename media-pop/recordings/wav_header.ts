const RATE = 8000;
const MU_LAW_TAG = 7;

/** Length of {@linkcode wavHeader}, in bytes. */
export const WAV_HEADER_BYTES = 58;

/** The header of a WAV file of 8 kHz µ-law: RIFF, `fmt `, `fact`, `data` (ITU-T G.711). */
export function wavHeader(channels: number, dataBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  tag(0, "RIFF");
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes + (dataBytes & 1), true);
  tag(8, "WAVEfmt ");
  view.setUint32(16, 18, true);
  view.setUint16(20, MU_LAW_TAG, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * channels, true);
  view.setUint16(32, channels, true);
  view.setUint16(34, 8, true);
  tag(38, "fact");
  view.setUint32(42, 4, true);
  view.setUint32(46, dataBytes / channels, true);
  tag(50, "data");
  view.setUint32(54, dataBytes, true);
  return bytes;
}
