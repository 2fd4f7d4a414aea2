import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { agentView } from "../testing/samples.ts";
import { banners } from "./banners.ts";
import type { DesktopState } from "./desktop_state.ts";
import { initialState } from "./initial_state.ts";

const working: DesktopState = {
  ...initialState,
  phase: "signed-in",
  known: true,
  agent: agentView(),
  session: { status: "connected", retryAt: null },
  softphone: { ...initialState.softphone, status: "ready" },
};

Deno.test("banners are none while all works", () => {
  deepStrictEqual(banners(working), []);
});

Deno.test("banners say what to do about the microphone", () => {
  for (const status of ["refused", "no-microphone"] as const) {
    const [banner] = banners({ ...working, softphone: { ...working.softphone, status } });
    strictEqual(banner?.id, "softphone");
    deepStrictEqual(banner?.action?.intent, { type: "retry-softphone" });
  }
});

Deno.test("banners put the connection first and leave the cluster out without it", () => {
  const state: DesktopState = {
    ...working,
    clusterReachable: false,
    agent: agentView({ state: "rona" }),
    session: { status: "offline", retryAt: null },
  };
  deepStrictEqual(banners(state).map(({ id }) => id), ["connection", "rona"]);
  const connected = { ...state, session: working.session };
  deepStrictEqual(banners(connected).map(({ id }) => id), ["rona", "cluster"]);
});

Deno.test("banners offer to go available after a missed offer", () => {
  const [banner] = banners({ ...working, agent: agentView({ state: "rona" }) });
  deepStrictEqual(banner?.action, { label: "Go available", intent: { type: "go-available" } });
});

Deno.test("banners offer to take over from another window", () => {
  const [banner] = banners({ ...working, session: { status: "replaced", retryAt: null } });
  strictEqual(banner?.action?.label, "Use this window");
});
