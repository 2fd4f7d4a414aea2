import type { CheckContext } from "./check_context.ts";

/** A prompt has one audio for each language. */
export function checkPrompts(check: CheckContext): void {
  check.document.prompts.forEach(({ audio }, i) =>
    check.unique(
      audio.map(({ language }) => language ?? ""),
      "language_repeated",
      (j) => `prompts.${i}.audio.${j}.language`,
    )
  );
}
