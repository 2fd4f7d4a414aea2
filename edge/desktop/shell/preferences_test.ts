import { deepStrictEqual } from "node:assert/strict";
import { PreferenceStore } from "./preferences.ts";

function storage(kept: string | null = null) {
  let value = kept;
  return { getItem: () => value, setItem: (_key: string, text: string) => void (value = text) };
}

Deno.test("preferences are remembered", () => {
  const preferences = new PreferenceStore(storage());
  deepStrictEqual(preferences.read(), { tenant: "", ringing: true });
  preferences.write({ tenant: "acme" });
  preferences.write({ ringing: false });
  deepStrictEqual(preferences.read(), { tenant: "acme", ringing: false });
});

Deno.test("preferences fall back when what is kept makes no sense", () => {
  for (const kept of ["not json", "null", '{"tenant":7,"ringing":"yes"}']) {
    deepStrictEqual(new PreferenceStore(storage(kept)).read(), { tenant: "", ringing: true });
  }
});

Deno.test("preferences do without a storage", () => {
  const broken = () => {
    throw new Error("forbidden");
  };
  const preferences = new PreferenceStore({ getItem: broken, setItem: broken });
  preferences.write({ tenant: "acme" });
  deepStrictEqual(preferences.read(), { tenant: "", ringing: true });
});
