import type { Observer } from "../checks/observer.ts";

/** One observer that shows everything to all, and hands what they throw to `fail`. */
export function observeAll(
  observers: readonly Observer[],
  fail: (error: unknown) => void,
): Observer {
  const each = (show: (observer: Observer) => void) => {
    for (const observer of observers) {
      try {
        show(observer);
      } catch (error) {
        fail(error);
      }
    }
  };
  return {
    beforeEvent: (view, event) => each((o) => o.beforeEvent?.(view, event)),
    afterEvent: (view, event) => each((o) => o.afterEvent?.(view, event)),
    afterDecision: (view, unit, epoch) => each((o) => o.afterDecision?.(view, unit, epoch)),
    fact: (fact, now) => each((o) => o.fact?.(fact, now)),
    atEnd: (world) => each((o) => o.atEnd?.(world)),
  };
}
