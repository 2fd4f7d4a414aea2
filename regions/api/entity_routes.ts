import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import {
  type Entity,
  ENTITY_KINDS,
  type EntityKindFacts,
  LISTED_KINDS,
  type ListedKind,
} from "../../protocol/configuration/entity_kinds.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Cell } from "../cell/cell.ts";
import { type ConfigurationIndex, versionKey } from "../configuration/configuration_index.ts";
import { createEntity } from "../configuration/entities/create_entity.ts";
import { createOnce } from "../configuration/entities/create_once.ts";
import { deleteEntity } from "../configuration/entities/delete_entity.ts";
import { findEntity } from "../configuration/entities/find_entity.ts";
import { listEntities } from "../configuration/entities/list_entities.ts";
import { replaceEntity } from "../configuration/entities/replace_entity.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { etag, isNamed, requireMatch } from "./etag.ts";
import { jsonContent } from "./json_content.ts";
import { refuseUnknown } from "./refuse_unknown.ts";
import { problemResponses } from "./problem_responses.ts";
import { limitBody } from "./limit_body.ts";
import { personAuth } from "./person_auth.ts";

const READERS = ["supervisor", "admin"] as const;
const WRITERS = ["admin"] as const;

/** The largest entity, in bytes. */
const ENTITY_BYTES = 1 << 20;

const IdParam = z.object({ id: z.string().min(1).max(64) });
const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().min(1).max(64).optional().meta({ description: "`next` of the page before" }),
  q: z.string().max(120).optional().meta({ description: "Part of the id or name" }),
});
const Match = z.string().max(1000).optional();
const PutHeaders = z.object({
  "if-match": Match.meta({ description: "The ETag that was read" }),
  "if-none-match": z.literal("*").optional().meta({ description: "`*` makes a new one" }),
});
const PostHeaders = z.object({
  "idempotency-key": z.string().regex(/^[\x21-\x7e]{1,255}$/, "1 to 255 visible characters")
    .optional().meta({
      description: "Makes repeats harmless: the same key and body give the same answer for a day",
    }),
});
const DeleteHeaders = PutHeaders.pick({ "if-match": true });
const ResolutionQuery = z.object({
  moveTo: z.string().max(64).optional().meta({
    description: "Of a queue: where its contacts go",
  }),
  dropRequirements: z.stringbool().optional().meta({
    description: "Of a skill: waiting contacts no longer ask for it",
  }),
});

/** `/v1/configuration/{kind}`: every kind of entity, one by one. */
export function entityRoutes(app: ApiRoutes, cell: Cell): void {
  for (const kind of LISTED_KINDS) kindRoutes(app, cell, kind);
}

function kindRoutes(app: ApiRoutes, cell: Cell, kind: ListedKind): void {
  const { noun, idField, schema }: EntityKindFacts = ENTITY_KINDS[kind];
  const path = `/configuration/${kind}`;
  const named = schema.meta({ id: schemaName(kind) });
  const common = { tags: ["Entities"], security: SIGNED_IN };
  const reads = { ...common, middleware: personAuth(cell, READERS) };
  const writes = { ...common, middleware: [personAuth(cell, WRITERS), limitBody(ENTITY_BYTES)] };
  const body = { required: true, ...jsonContent(named, `The ${noun}`) };
  const shown = jsonContent(named, `The ${noun}, without what is write-only`);

  const list = createRoute({
    ...reads,
    method: "get",
    path,
    summary: `List ${kind.replaceAll("-", " ")} by id`,
    request: { query: PageQuery },
    responses: {
      200: jsonContent(z.object({ items: z.array(named), next: z.string().nullable() }), "A page"),
      ...problemResponses(),
    },
  });
  app.openapi(list, (c) => {
    const runner = c.get("runner");
    return c.json(listEntities(runner.configuration, kind, c.req.valid("query")), 200);
  });

  const post = createRoute({
    ...writes,
    method: "post",
    path,
    summary: `Make a new ${noun}`,
    request: { headers: PostHeaders, body },
    responses: { 201: shown, ...problemResponses(400, 409, 413) },
  });
  app.openapi(post, async (c) => {
    const runner = c.get("runner");
    const entity = c.req.valid("json") as Entity;
    refuseUnknown(await c.req.json(), entity);
    const { tenantId } = runner.ports;
    const key = c.req.valid("header")["idempotency-key"];
    const made = await createOnce(cell.configurations, {
      ...{ tenantId, kind, entity, key },
      by: c.get("personId"),
    });
    c.header("location", `/v1/configuration/${kind}/${entity[idField]}`);
    c.header("etag", etag(made.version));
    if (made.replayed) c.header("idempotency-replayed", "true");
    return c.json(made.entity, 201);
  });

  const one = createRoute({
    ...reads,
    method: "get",
    path: `${path}/{id}`,
    summary: `One ${noun}`,
    request: { params: IdParam },
    responses: {
      200: shown,
      304: { description: "If-None-Match names what is there" },
      ...problemResponses(404),
    },
  });
  app.openapi(one, (c) => {
    const runner = c.get("runner");
    const { id } = c.req.valid("param");
    const entity = found(runner.configuration, kind, id);
    const tag = tagOf(runner.configuration, kind, id);
    c.header("etag", tag);
    if (isNamed(c.req.header("if-none-match"), tag)) return c.body(null, 304);
    return c.json(entity, 200);
  });

  const put = createRoute({
    ...writes,
    method: "put",
    path: `${path}/{id}`,
    summary: `Replace a ${noun}, or make a new one`,
    request: { params: IdParam, headers: PutHeaders, body },
    responses: { 200: shown, 201: shown, ...problemResponses(400, 404, 409, 412, 413, 428) },
  });
  app.openapi(put, async (c) => {
    const runner = c.get("runner");
    const { tenantId } = runner.ports;
    const { id } = c.req.valid("param");
    const headers = c.req.valid("header");
    const entity = c.req.valid("json") as Entity;
    refuseUnknown(await c.req.json(), entity);
    if (entity[idField] !== id) throw otherId(idField);
    if (headers["if-none-match"] === "*" && headers["if-match"] === undefined) {
      const after = await createEntity(cell.configurations, tenantId, kind, entity, {
        conditional: true,
        by: c.get("personId"),
      });
      return createdAt(c, after, kind, id);
    }
    const after = await replaceEntity(cell.configurations, tenantId, kind, entity, (current) => {
      found(current, kind, id);
      requireMatch(headers["if-match"], tagOf(current, kind, id));
    }, { by: c.get("personId") });
    c.header("etag", tagOf(after, kind, id));
    return c.json(found(after, kind, id), 200);
  });

  const remove = createRoute({
    ...writes,
    method: "delete",
    path: `${path}/{id}`,
    summary: `Delete a ${noun} that nothing refers to`,
    request: { params: IdParam, headers: DeleteHeaders, query: ResolutionQuery },
    responses: {
      204: { description: "It is gone" },
      ...problemResponses(404, 409, 412, 428),
    },
  });
  app.openapi(remove, async (c) => {
    const runner = c.get("runner");
    const { id } = c.req.valid("param");
    const { moveTo, dropRequirements = false } = c.req.valid("query");
    const header = c.req.valid("header")["if-match"];
    const resolution = { moveTo: moveTo === undefined ? {} : { [id]: moveTo }, dropRequirements };
    await deleteEntity(
      cell.configurations,
      runner.ports.tenantId,
      { kind, id, resolution },
      (now) => {
        found(now, kind, id);
        requireMatch(header, tagOf(now, kind, id));
      },
    );
    return c.body(null, 204);
  });
}

function createdAt(c: Context, after: ConfigurationIndex, kind: ListedKind, id: string) {
  c.header("location", `/v1/configuration/${kind}/${id}`);
  c.header("etag", tagOf(after, kind, id));
  return c.json(found(after, kind, id), 201);
}

function tagOf(configuration: ConfigurationIndex, kind: ListedKind, id: string): string {
  return etag(configuration.stored.versions.get(versionKey(kind, id)) ?? 0);
}

function found(configuration: ConfigurationIndex, kind: ListedKind, id: string): Entity {
  const entity = findEntity(configuration.document, kind, id);
  if (entity) return entity;
  throw new AntiphonError("not_found", `There is no such ${ENTITY_KINDS[kind].noun}`);
}

function otherId(field: string): AntiphonError {
  return new AntiphonError("invalid_request", "Correct the fields named in errors", {
    data: { fields: [{ path: field, message: "Must be the id in the address" }] },
  });
}

/** "multimedia-profiles" → "MultimediaProfile". */
function schemaName(kind: ListedKind): string {
  return ENTITY_KINDS[kind].noun.replace(
    /(^|[ -])([a-z])/g,
    (_, _gap, letter) => letter.toUpperCase(),
  );
}
