import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { PromptItem } from "../../../protocol/pop_link/prompt_item.ts";
import type { Speaker } from "../speech/speaker.ts";
import type { AudioPlace, UploadedAudio } from "../uploads/uploaded_audio.ts";
import { Prompt } from "./prompt.ts";
import type { PromptLibrary } from "./prompt_library.ts";

/** How long a list may take to be ready, in milliseconds. */
const DEADLINE = 15_000;

/** Where items come from. */
export interface ItemSources {
  library: PromptLibrary;
  speaker: Pick<Speaker, "say">;
  uploads: Pick<UploadedAudio, "get">;
}

/**
 * Makes a list of items ready, all at once, so that they can be played without gaps.
 *
 * @param signal Aborts when nobody waits any more; what is being made then is still kept.
 * @throws AntiphonError `prompt_unavailable`, `speech_unavailable`, `speech_busy`,
 * `deadline_exceeded`
 */
export async function prepareItems(
  sources: ItemSources,
  items: readonly PromptItem[],
  place: AudioPlace,
  signal: AbortSignal,
): Promise<readonly Prompt[]> {
  const limit = Promise.withResolvers<never>();
  const late = () => limit.reject(new AntiphonError("deadline_exceeded", "Nothing to play came"));
  const timer = setTimeout(late, DEADLINE);
  signal.addEventListener("abort", late, { once: true });
  try {
    const ready = Promise.all(items.map((item) => prepareItem(sources, item, place)));
    return await Promise.race([ready, limit.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", late);
  }
}

async function prepareItem(
  { library, speaker, uploads }: ItemSources,
  item: PromptItem,
  place: AudioPlace,
): Promise<Prompt> {
  switch (item.type) {
    case "library":
      return library.get(item.name);
    case "say":
      return new Prompt("speech", await speaker.say(item));
    case "audio":
      return new Prompt("audio", await uploads.get(item.hash, place));
  }
}
