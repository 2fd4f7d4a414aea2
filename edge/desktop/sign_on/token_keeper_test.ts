import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { signOnAnswer } from "../testing/samples.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import type { SignOnOutcome } from "./sign_on_outcome.ts";
import { TokenKeeper } from "./token_keeper.ts";

function keeperWith(...outcomes: SignOnOutcome[]) {
  const clock = new VirtualClock();
  const seen: string[] = [];
  let asked = 0;
  const keeper = new TokenKeeper({
    clock,
    random: () => 0.5,
    refresh: () => {
      asked++;
      return Promise.resolve(outcomes.shift() ?? failure("unreachable"));
    },
    onRenewed: (answer) => seen.push(answer.accessToken),
    onEnded: () => seen.push("ended"),
  });
  return { keeper, clock, seen, asked: () => asked };
}

function failure(reason: "refused" | "unreachable"): SignOnOutcome {
  return { ok: false, reason, code: "x", retryAfter: null };
}

const granted = (accessToken: string): SignOnOutcome => ({
  ok: true,
  answer: { ...signOnAnswer(), accessToken },
});

Deno.test("token keeper renews a minute before the token ends", async () => {
  const { keeper, clock, seen } = keeperWith(granted("second"));
  keeper.keep({ ...signOnAnswer(), accessToken: "first", expiresIn: 900 });
  await clock.pass(839_000);
  strictEqual(keeper.token, "first");
  await clock.pass(1_000);
  strictEqual(keeper.token, "second");
  deepStrictEqual(seen, ["second"]);
});

Deno.test("token keeper tries again when the edge is away", async () => {
  const { keeper, clock } = keeperWith(failure("unreachable"), granted("second"));
  keeper.keep({ ...signOnAnswer(), expiresIn: 900 });
  await clock.pass(840_000 + 2_000);
  strictEqual(keeper.token, "second");
});

Deno.test("token keeper ends when the edge refuses", async () => {
  const { keeper, clock, seen } = keeperWith(failure("refused"));
  keeper.keep({ ...signOnAnswer(), expiresIn: 900 });
  await clock.pass(900_000);
  deepStrictEqual(seen, ["ended"]);
  strictEqual(keeper.token, "");
  strictEqual(clock.pending, 0);
});

Deno.test("token keeper asks once for several callers", async () => {
  const { keeper, asked } = keeperWith(granted("second"));
  keeper.keep(signOnAnswer());
  deepStrictEqual(await Promise.all([keeper.renew(), keeper.renew()]), ["second", "second"]);
  strictEqual(asked(), 1);
});

Deno.test("token keeper tells callers when a renewal failed", async () => {
  const { keeper } = keeperWith(failure("unreachable"));
  keeper.keep(signOnAnswer());
  await rejects(keeper.renew(), /could not be renewed/);
});

Deno.test("token keeper drops a renewal that comes after signing out", async () => {
  const { keeper, seen } = keeperWith(granted("second"));
  keeper.keep(signOnAnswer());
  const renewal = keeper.renew();
  keeper.drop();
  strictEqual(await renewal, null);
  deepStrictEqual(seen, []);
});
