import { MU_LAW } from "../media/g711/mu_law.ts";
import { decodeSamples } from "../media/g711/decode_samples.ts";
import { PromptLibrary } from "../media/prompts/prompt_library.ts";
import { SoundLibrary } from "./sound_library.ts";

/** Bare tones: an agent's test tone must not be taken for one of them. */
const TONES = /^(ringback|busy|beep|confirm|error)/;

/** The PoP's own spoken prompts and music, ready to be recognised. Music loops. */
export async function loadSoundLibrary(): Promise<SoundLibrary> {
  const library = await PromptLibrary.load();
  const names = library.names.filter((name) => !TONES.test(name));
  return new SoundLibrary(names.map((name) => ({
    name,
    samples: decodeSamples(library.get(name).codes(MU_LAW), MU_LAW),
    loops: name.includes("music"),
  })));
}
