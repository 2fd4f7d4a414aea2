/** What espeak-ng calls languages that BCP 47 calls otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  no: "nb",
  nn: "nb",
  zh: "cmn",
  fil: "tl",
  iw: "he",
  ji: "yi",
};

/** Languages that have only voices of regions, and which of these stands for the language. */
const FIRST_REGION: Readonly<Record<string, string>> = { en: "en-gb", fr: "fr-fr", vi: "vi" };

/** Reads what `espeak-ng --voices` prints: its languages, in lower case. */
export function readEspeakVoices(listing: string): string[] {
  const names = listing.split("\n").slice(1).map((line) => line.trim().split(/\s+/)[1] ?? "");
  return [...new Set(names.filter((name) => name !== "").map((name) => name.toLowerCase()))];
}

/**
 * The voice of espeak-ng for a BCP 47 tag: that of the region, else of the language; undefined when
 * there is neither.
 */
export function espeakVoice(tag: string, voices: ReadonlySet<string>): string | undefined {
  const [language, ...rest] = tag.toLowerCase().split("-");
  const base = OTHER_NAMES[language] ?? language;
  const region = rest.find((part) => part.length !== 4);
  const wanted = [region && `${base}-${region}`, base, FIRST_REGION[base]];
  return wanted.find((name) => name !== undefined && voices.has(name));
}
