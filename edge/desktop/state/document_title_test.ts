import { strictEqual } from "node:assert/strict";
import { offerView } from "../testing/samples.ts";
import { documentTitle } from "./document_title.ts";
import { initialState } from "./initial_state.ts";

Deno.test("document title tells of offers before messages", () => {
  const state = { ...initialState, phase: "signed-in" as const };
  strictEqual(documentTitle(initialState), "Sign in · Antiphon");
  strictEqual(documentTitle(state), "Antiphon");
  const unread = { ...state, unread: { a: 2, b: 1 } };
  strictEqual(documentTitle(unread), "(3) Antiphon");
  const offered = { ...unread, offers: [offerView({ contactName: "Jonas Weber" })] };
  strictEqual(documentTitle(offered), "● Call from Jonas Weber · Antiphon");
});
