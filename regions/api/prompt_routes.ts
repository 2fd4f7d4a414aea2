import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { Prompt } from "../../protocol/configuration/prompt.ts";
import { MU_LAW_TABLES } from "../../protocol/audio/mu_law_tables.ts";
import { TELEPHONE_RATE } from "../../protocol/audio/sound.ts";
import { writeWav } from "../../protocol/audio/write_wav.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { LanguageTag, Slug } from "../../protocol/ids/names.ts";
import type { Cell } from "../cell/cell.ts";
import { type ConfigurationIndex, versionKey } from "../configuration/configuration_index.ts";
import { createEntity } from "../configuration/entities/create_entity.ts";
import { replaceEntity } from "../configuration/entities/replace_entity.ts";
import { keepAudio } from "../prompts/keep_audio.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { etag, isNamed, requireMatch } from "./etag.ts";
import { jsonContent } from "./json_content.ts";
import { limitBody } from "./limit_body.ts";
import { personAuth } from "./person_auth.ts";
import { problemResponses } from "./problem_responses.ts";
import { readUpload } from "./read_upload.ts";

/** A file of 10 MiB, and the form around it. */
const UPLOAD_BYTES = (10 << 20) + (64 << 10);
const KIND = "prompts";

const binary = { schema: { type: "string" as const, format: "binary" } };
const upload = {
  required: true,
  description: "A WAV or MP3 file of at most 10 MiB and ten minutes, alone or as `file` of a form",
  content: {
    "audio/wav": binary,
    "audio/mpeg": binary,
    "application/octet-stream": binary,
    "multipart/form-data": {
      schema: { type: "object" as const, properties: { file: binary.schema }, required: ["file"] },
    },
  },
};
const Language = LanguageTag.optional().meta({
  description: "The language it is in; left out, it is played whatever the language",
});
const shown = jsonContent(Prompt.meta({ id: "Prompt" }), "The prompt");

/** `/v1/prompts`: audio that a tenant uploads to be played to callers, and plays back. */
export function promptRoutes(app: ApiRoutes, cell: Cell): void {
  const common = { tags: ["Prompts"], security: SIGNED_IN };
  const writes = {
    ...common,
    middleware: [personAuth(cell, ["admin"]), limitBody(UPLOAD_BYTES)],
  };

  const post = createRoute({
    ...writes,
    method: "post",
    path: "/prompts",
    summary: "Upload audio as a new prompt",
    request: {
      query: z.object({ id: Slug, name: Prompt.shape.name, language: Language }),
      body: upload,
    },
    responses: { 201: shown, ...problemResponses(409, 413) },
  });
  app.openapi(post, async (c) => {
    const { tenantId } = c.get("runner").ports;
    const { id, name, language = null } = c.req.valid("query");
    const audio = await keepAudio(cell, tenantId, await readUpload(c));
    const prompt: Prompt = { id, name, audio: [{ language, ...audio }] };
    const by = c.get("personId");
    const after = await createEntity(cell.configurations, tenantId, KIND, prompt, { by });
    c.header("location", `/v1/configuration/${KIND}/${id}`);
    c.header("etag", tagOf(after, id));
    return c.json(prompt, 201);
  });

  const put = createRoute({
    ...writes,
    method: "put",
    path: "/prompts/{id}/audio",
    summary: "Upload a prompt's audio in one language, new or in place of what is there",
    request: {
      params: z.object({ id: Slug }),
      query: z.object({ language: Language }),
      headers: z.object({ "if-match": z.string().max(1000).optional() }),
      body: upload,
    },
    responses: { 200: shown, ...problemResponses(404, 409, 412, 413, 428) },
  });
  app.openapi(put, async (c) => {
    const runner = c.get("runner");
    const { tenantId } = runner.ports;
    const { id } = c.req.valid("param");
    const { language = null } = c.req.valid("query");
    const header = c.req.valid("header")["if-match"];
    const expects = (now: ConfigurationIndex) => {
      found(now, id);
      requireMatch(header, tagOf(now, id));
    };
    expects(runner.configuration);
    const audio = await keepAudio(cell, tenantId, await readUpload(c));
    const before = found(runner.configuration, id);
    const others = before.audio.filter((variant) => variant.language !== language);
    const prompt: Prompt = { ...before, audio: [...others, { language, ...audio }] };
    const by = c.get("personId");
    const after = await replaceEntity(cell.configurations, tenantId, KIND, prompt, (now) => {
      expects(now);
      // Another upload came in between: `If-Match: *` must not lose it.
      requireMatch(tagOf(runner.configuration, id), tagOf(now, id));
    }, { by });
    c.header("etag", tagOf(after, id));
    return c.json(prompt, 200);
  });

  const get = createRoute({
    ...common,
    middleware: personAuth(cell, ["supervisor", "admin"]),
    method: "get",
    path: "/prompts/{id}/audio",
    summary: "A prompt's audio as callers hear it",
    request: { params: z.object({ id: Slug }), query: z.object({ language: Language }) },
    responses: {
      200: { description: "16-bit WAV, 8 kHz", content: { "audio/wav": binary } },
      304: { description: "If-None-Match names what is there" },
      ...problemResponses(404),
    },
  });
  app.openapi(get, async (c) => {
    const runner = c.get("runner");
    const { language = null } = c.req.valid("query");
    const { audio } = found(runner.configuration, c.req.valid("param").id);
    const variant = audio.find((one) => one.language === language) ??
      (language === null ? audio[0] : undefined);
    if (!variant) throw new AntiphonError("not_found", "The prompt has no audio in that language");
    const tag = etag(variant.hash);
    c.header("etag", tag);
    if (isNamed(c.req.header("if-none-match"), tag)) return c.body(null, 304);
    const codes = await cell.audio.get(runner.ports.tenantId, variant.hash);
    if (!codes) throw new AntiphonError("prompt_unavailable", "The audio is not in the store");
    const samples = Int16Array.from(codes, (code) => MU_LAW_TABLES.decode[code]);
    return c.body(writeWav(samples, TELEPHONE_RATE), 200, { "content-type": "audio/wav" });
  });
}

function found(configuration: ConfigurationIndex, id: string): Prompt {
  const prompt = configuration.prompts.get(id);
  if (prompt) return prompt;
  throw new AntiphonError("not_found", "There is no such prompt");
}

function tagOf(configuration: ConfigurationIndex, id: string): string {
  return etag(configuration.stored.versions.get(versionKey(KIND, id)) ?? 0);
}
