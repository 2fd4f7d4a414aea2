import { AIMS, type Scenario } from "./scenario.ts";

export const POSTGRES_KILLED: Scenario = {
  name: "postgres-killed",
  title: "The cluster's primary PostgreSQL is killed (SIGKILL of its postmaster)",
  fault: ({ lab, active }) => lab.platform.kill(`postgres-E39-${active}`),
  observeMs: 8_000,
  heal: async () => {},
  limits: AIMS,
  short: true,
};
