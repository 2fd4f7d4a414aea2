import type { Signature } from "./signature.ts";

/** Arguments in the order of a signature's parameters, or what is wrong with them. */
export type Bound<T> = { readonly slots: readonly (T | undefined)[] } | {
  readonly problem: string;
};

/** Puts arguments, by position and then by name, into a signature's places. O(arguments). */
export function bindArguments<T>(
  signature: Signature,
  args: readonly { readonly name?: string; readonly value: T }[],
): Bound<T> {
  const { name: called, params, repeats } = signature;
  const slots: (T | undefined)[] = params.map(() => undefined);
  const given = new Set<number>();
  for (const [position, { name, value }] of args.entries()) {
    const slot = name === undefined ? position : params.findIndex((it) => it.name === name);
    if (slot < 0) return { problem: `${called} has no argument ${name}` };
    if (slot >= params.length && !repeats) {
      return { problem: `${called} takes ${countWords(params.length)}, not ${args.length}` };
    }
    if (given.has(slot)) return { problem: `${called} is given ${params[slot].name} twice` };
    given.add(slot);
    slots[slot] = value;
  }
  const missing = params.find((it, index) => !it.optional && !given.has(index));
  return missing ? { problem: `${called} needs the argument ${missing.name}` } : { slots };
}

function countWords(count: number): string {
  return count === 0 ? "no argument" : count === 1 ? "1 argument" : `at most ${count} arguments`;
}
