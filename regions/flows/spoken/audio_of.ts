import type { Prompt } from "../../../protocol/configuration/prompt.ts";

/**
 * Hash of the variant that fits a language best: the language with its region, the language, any of
 * its regions, the variant for all languages, else the first. Undefined for a prompt without audio.
 */
export function audioOf(prompt: Prompt | undefined, language: string): string | undefined {
  if (!prompt) return undefined;
  const base = baseOf(language);
  const ranks = prompt.audio.map((variant) => ({ variant, rank: rankOf(variant.language) }));
  return ranks.sort((a, b) => a.rank - b.rank)[0]?.variant.hash;

  function rankOf(of: string | null): number {
    if (of === language) return 0;
    if (of === base) return 1;
    if (of !== null && baseOf(of) === base) return 2;
    return of === null ? 3 : 4;
  }
}

function baseOf(language: string): string {
  return language.split("-")[0];
}
