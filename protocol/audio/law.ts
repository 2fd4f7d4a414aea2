/** One of the two laws of ITU-T G.711, as tables. */
export interface Law {
  /** Code word → 16-bit linear sample. */
  readonly decode: Int16Array;
  /** 16-bit linear sample (index: `sample & 0xffff`) → code word. */
  readonly encode: Uint8Array;
}
