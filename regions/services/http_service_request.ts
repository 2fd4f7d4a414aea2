import { z } from "zod";
import { HeaderName, HttpMethod } from "../../protocol/configuration/connector.ts";
import { Millis, Slug } from "../../protocol/ids/names.ts";
import { DocumentFormat } from "../extraction/document_format.ts";
import { MOST_OUTPUTS, Output } from "../extraction/output.ts";
import { SealableText } from "./sealable_text.ts";

/** A request to somebody's HTTP server, rendered. */
export const HttpServiceRequest = z.object({
  type: z.literal("http"),
  /** Null for a whole address. */
  connectorId: Slug.nullable(),
  method: HttpMethod,
  /** Path and query below the connector's address, or a whole address. */
  address: SealableText,
  headers: z.record(HeaderName, SealableText),
  body: SealableText.nullable(),
  contentType: z.string().max(128).regex(/^[\x20-\x7e]+$/),
  /** How the answer is read; null as its media type says. */
  format: DocumentFormat.nullable(),
  outputs: z.array(Output).max(MOST_OUTPUTS),
  /** After this the answer is of no use. */
  until: Millis,
  retries: z.number().int().min(0).max(5),
  /** Redirects to the same origin that are followed. */
  redirects: z.number().int().min(0).max(3),
});
export type HttpServiceRequest = z.infer<typeof HttpServiceRequest>;
