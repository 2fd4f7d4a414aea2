import { stringify } from "yaml";

/** Items of a list that are written in one turn of the event loop: a few milliseconds. */
const ITEMS = 500;
const OPTIONS = { lineWidth: 100 } as const;

/**
 * Writes a document as YAML, piece by piece with others having their turn in between: writing all
 * of a large one at once would keep calls waiting.
 *
 * @param turn Resolves when others have had their turn.
 */
export async function yamlText(
  document: Readonly<Record<string, unknown>>,
  turn: () => Promise<void>,
): Promise<string> {
  let text = "";
  for (const [key, value] of Object.entries(document)) {
    if (!Array.isArray(value) || value.length <= ITEMS) {
      text += stringify({ [key]: value }, OPTIONS);
      continue;
    }
    for (let i = 0; i < value.length; i += ITEMS) {
      const piece = stringify({ [key]: value.slice(i, i + ITEMS) }, OPTIONS);
      // Only the first piece names the list.
      text += i === 0 ? piece : piece.slice(piece.indexOf("\n") + 1);
      await turn();
    }
  }
  return text;
}
