/** Makes speech of text. */
export interface SpeechEngine {
  /** Its name and version: what it makes of a text may change with them. */
  readonly name: string;
  /** Languages it speaks, as BCP 47 tags. */
  readonly languages: readonly string[];
  /**
   * Linear samples, 8 kHz mono.
   *
   * @param language BCP 47 tag; a language without the region's own voice is spoken by the plain one
   * @param voice one of the engine's own voices; null for the language's
   * @throws AntiphonError `speech_unavailable` for a language it does not speak or when it fails
   */
  synthesize(
    text: string,
    language: string,
    voice: string | null,
    signal: AbortSignal,
  ): Promise<Int16Array>;
}
