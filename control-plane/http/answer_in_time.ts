import { createMiddleware } from "hono/factory";
import { within } from "../deadlines/within.ts";
import type { AppEnv } from "./app_env.ts";

/** How long a request may take in milliseconds: one that goes on to a cell, and any other. */
const CONFIGURATION_MS = 90_000;
const OTHER_MS = 30_000;

/** Middleware that answers `deadline_exceeded` when nothing else did in time. */
export const answerInTime = createMiddleware<AppEnv>(async (c, next) => {
  const ms = c.req.path.endsWith("/configuration") ? CONFIGURATION_MS : OTHER_MS;
  await within(ms, next());
});
