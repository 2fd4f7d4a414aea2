import { z } from "zod";
import { Millis } from "../ids/names.ts";
import { Named } from "./named.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** An https address without credentials, query or fragment; a plain one on this very machine only. */
const Address = z.url().max(2048).refine((text) => {
  const url = URL.parse(text);
  if (!url) return false;
  const { protocol, hostname, username, password, hash, search } = url;
  if (username !== "" || password !== "" || hash !== "" || search !== "") return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}, "an https address without credentials, query and fragment");

/** Headers that the platform sets itself, or that belong to one connection (RFC 9110 section 7.6.1). */
const OWN = new Set([
  ...["accept-encoding", "connection", "content-length", "cookie", "expect", "host"],
  ...["idempotency-key", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"],
]);

/** A header's name (RFC 9110 section 5.1) that a tenant may set. */
export const HeaderName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/)
  .refine((name) => !OWN.has(name.toLowerCase()) && !/^proxy-/i.test(name), {
    message: "The platform sets this header itself",
  });

const OpenHeaderName = HeaderName.refine((name) => name.toLowerCase() !== "authorization", {
  message: "Say it as authentication, where it is kept sealed",
});

/** Methods that flows may use. */
export const HttpMethod = z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);
export type HttpMethod = z.infer<typeof HttpMethod>;

/** Write-only: needed when it is new, and again when the address or anything beside it changes. */
const secret = z.string().min(1).max(4096).regex(/^[^\r\n\0]*$/, "one line").optional();

/** How requests say whom they come from. */
const Authentication = z.discriminatedUnion("type", [
  z.object({ type: z.literal("none") }),
  /** RFC 7617; the secret is the password. */
  z.object({
    type: z.literal("basic"),
    username: z.string().min(1).max(256).regex(/^[^:\r\n\0]*$/, "no colon"),
    secret,
  }),
  /** RFC 6750; the secret is the token. */
  z.object({ type: z.literal("bearer"), secret }),
  /** The secret is the header's value. */
  z.object({ type: z.literal("api-key"), header: HeaderName.default("x-api-key"), secret }),
  /** OAuth 2 client credentials (RFC 6749 section 4.4); the secret is the client's. */
  z.object({
    type: z.literal("oauth-client-credentials"),
    tokenUrl: Address,
    clientId: z.string().min(1).max(512).regex(/^[\x20-\x7e]+$/),
    scope: z.string().max(1024).regex(/^[\x20-\x7e]*$/).default(""),
    /** Where the client's id and secret stand (RFC 6749 section 2.3.1). */
    credentialsIn: z.enum(["header", "body"]).default("header"),
    secret,
  }),
]);

/** A service outside that flows may send requests to. */
export const Connector = Named.extend({
  /** What is behind it. */
  type: z.enum(["salesforce", "zendesk", "servicenow", "custom"]).default("custom"),
  /** Paths of requests are added to it. */
  baseUrl: Address,
  authentication: Authentication.default({ type: "none" }),
  /** Sent with every request. */
  headers: z.record(OpenHeaderName, z.string().max(1024).regex(/^[\x20-\x7e]*$/)).default({})
    .refine((headers) => Object.keys(headers).length <= 32, "32 headers at most"),
  timeouts: z.object({
    connectSeconds: z.number().min(0.5).max(15).default(5),
    firstByteSeconds: z.number().min(0.5).max(60).default(10),
  }).prefault({}),
  methods: z.array(HttpMethod).min(1).max(6).default(["GET", "POST"]),
  /** What paths begin with, segment by segment. */
  paths: z.array(z.string().max(512).regex(/^\/[^?#\s]*$/, "a path")).min(1).max(64)
    .default(["/"]),
  /** Sensitive variables may be sent to it, in clear. */
  sensitiveVariables: z.boolean().default(false),
  /** Flows may act through it. An administrator says so, having looked at whose service it is. */
  authorised: z.boolean().default(false),
  /** Who said so, of what stands there now. Set by the platform. */
  authorisedBy: z.string().max(64).optional(),
  authorisedAt: Millis.optional(),
});
export type Connector = z.infer<typeof Connector>;
