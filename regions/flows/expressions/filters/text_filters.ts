import { createHash } from "node:crypto";
import { failed } from "../failed.ts";
import { isMap, Kind } from "../kind.ts";
import type { Run } from "../run.ts";
import type { Parameter, Signature } from "../signature.ts";
import type { Value } from "../value.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Filters of text; numbers, dates and truth values are taken as they print. */
export const TEXT_FILTERS: readonly Signature[] = [
  text("upper", (it) => it.toUpperCase()),
  text("lower", (it) => it.toLowerCase()),
  text("capitalize", (it) => it.replace(/\S/u, (first) => first.toUpperCase())),
  text("title", (it) => it.replace(/(?<!\S)\S/gu, (first) => first.toUpperCase())),
  text("trim", (it) => it.trim()),
  text("digits", (it) => [...it.replace(/\s+/g, "")].join(" ")),
  text("escape", (it) => it.replace(/[&<>"']/g, (char) => ENTITIES[char])),
  text("urlencode", urlEncode),
  text("base64encode", (it) => new TextEncoder().encode(it).toBase64()),
  text("base64decode", base64Decode),
  text("sha256", (it) => createHash("sha256").update(it).digest("hex")),
  text("abbreviate", (it, [length]) => {
    const characters = [...it];
    const most = length as number;
    return characters.length <= most ? it : characters.slice(0, most - 3).join("") + "...";
  }, [whole("length", 4)]),
  text("mask", (it, [shown = 4]) => {
    const characters = [...it];
    const hidden = Math.max(0, characters.length - (shown as number));
    return "*".repeat(hidden) + characters.slice(hidden).join("");
  }, [{ ...whole("shown", 0), optional: true }]),
  text("replace", replace, [{ name: "pairs", kinds: Kind.map }]),
  {
    ...text("split", () => ""),
    params: [{ name: "separator", kinds: Kind.text }, { ...whole("limit", 1), optional: true }],
    gives: Kind.list,
    run: (of, [separator, limit], run) => split(of, separator as string, limit as number, run),
  },
];

type Change = (text: string, args: readonly (Value | undefined)[], run: Run) => string;

function text(name: string, change: Change, params: readonly Parameter[] = []): Signature {
  return {
    name,
    takes: Kind.scalar,
    params,
    gives: Kind.text,
    run: (of, args, run) => run.text(change(run.print(of), args, run)),
  };
}

function whole(name: string, least: number): Parameter {
  return {
    name,
    kinds: Kind.number,
    problem: (value) =>
      Number.isSafeInteger(value) && value as number >= least
        ? undefined
        : `${name} is a whole number from ${least}`,
  };
}

/** `application/x-www-form-urlencoded`, UTF-8, a blank as `+`. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("%20", "+").replace(
    /[!'()~]/g,
    (char) => "%" + char.charCodeAt(0).toString(16).toUpperCase(),
  );
}

function base64Decode(text: string): string {
  try {
    const bytes = Uint8Array.fromBase64(text.trim(), {
      alphabet: /[-_]/.test(text) ? "base64url" : "base64",
    });
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw failed("base64decode takes the Base64 of UTF-8 text");
  }
}

/** Replaces one pair after the other, as Pebble does. */
function replace(text: string, [pairs]: readonly (Value | undefined)[], run: Run): string {
  let result = text;
  for (const [from, value] of Object.entries(isMap(pairs!) ? pairs : {})) {
    if (from === "") continue;
    const to = run.print(value);
    const parts = result.split(from);
    run.checkLength(result.length + (parts.length - 1) * (to.length - from.length));
    result = run.text(parts.join(to));
  }
  return result;
}

function split(of: Value, separator: string, limit: number | undefined, run: Run): Value {
  const parts = run.print(of).split(separator);
  const most = limit ?? Infinity;
  run.checkItems(Math.min(parts.length, most));
  if (parts.length <= most) return parts;
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}
