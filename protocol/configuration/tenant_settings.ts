import { z } from "zod";
import { DnsName, LanguageTag, Slug, TimeZone } from "../ids/names.ts";
import { MediaCapacity } from "./multimedia_profile.ts";
import { ServiceLevel } from "./service_level.ts";

const offer = (usual: number) => z.number().int().min(3).max(600).default(usual);

/** Times and limits of a tenant. Seconds throughout. */
export const TenantSettings = z.object({
  /** Where flows' dates are, where nothing else says so. */
  timeZone: TimeZone.default("UTC"),
  /** BCP 47: what flows say and how they write dates, until a flow chooses a language. */
  language: LanguageTag.default("en-GB"),
  /** ISO 3166 country in which telephone numbers without a country code lie. */
  country: z.string().regex(/^[A-Z]{2}$/).nullable().default(null),
  /** Unanswered offers end after this (RONA), by medium. */
  offerSeconds: z.object({
    voice: offer(20),
    chat: offer(30),
    email: offer(120),
    social: offer(60),
  }).prefault({}),
  /** Wrap-up ends by itself after this. */
  wrapUpSeconds: z.number().int().min(1).max(3600).default(120),
  /** Contacts an agent has at once where no multimedia profile says otherwise. */
  capacity: MediaCapacity.prefault({}),
  /** A caller who waited this long is released. */
  maxQueueSeconds: z.number().int().min(10).max(86_400).default(3600),
  /** A digital contact that nobody touched for this long is closed. */
  digitalIdleSeconds: z.number().int().min(60).max(30 * 86_400).default(86_400),
  /** Promises to contacts: one for all, and others by medium. */
  serviceLevel: ServiceLevel.extend({
    /** Counted only within these hours; around the clock without. */
    businessHoursId: Slug.optional(),
    voice: ServiceLevel.optional(),
    chat: ServiceLevel.optional(),
    email: ServiceLevel.optional(),
    social: ServiceLevel.optional(),
  }).prefault({}),
  /** Hosts that flows may send requests to without a connector ("api.example.com"). */
  httpHosts: z.array(DnsName.regex(/^[a-z0-9.-]+$/, "a host name in lower case")).max(64)
    .default([]),
  /** Who may look at sensitive variables of live contacts; agents at those of their own. */
  revealTo: z.array(z.enum(["agent", "supervisor", "admin"])).max(3).default([]),
  /** Closes every entry point that has a `closedFlowId`, at once. */
  emergencyClosure: z.boolean().default(false),
});
export type TenantSettings = z.infer<typeof TenantSettings>;
