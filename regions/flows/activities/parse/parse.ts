import { extractValues } from "../../../extraction/extract_values.ts";
import { readDocument } from "../../../extraction/read_document.ts";
import { defineActivity } from "../../define_activity.ts";
import { goTo } from "../../engine/outcome.ts";
import { ParseActivity } from "./parse_schema.ts";

/** Takes values out of a document. A text that is rendered is short, so this takes no time. */
export const parse = defineActivity({
  schema: ParseActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { source, format, outputs, next } = step.activity;
    const text = step.text(source);
    const values = step.tried(() =>
      extractValues(
        readDocument(text, format),
        outputs.map((output) => ({ ...output, sensitive: false })),
      )
    );
    for (const [variable, value] of values) step.setText(variable, value);
    return goTo(next);
  },
});
