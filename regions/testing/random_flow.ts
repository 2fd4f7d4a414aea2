import * as fc from "fast-check";
import { z } from "zod";
import { FlowDocument } from "../../protocol/flow/flow_document.ts";
import { ACTIVITIES } from "../flows/activities/activities.ts";
import { MARKER } from "../flows/fields/marked.ts";
import type { Marker, Referable } from "../flows/fields/marker.ts";

/** What random activities may name. */
export interface RandomFlowNames {
  kind: "voice" | "digital";
  variables: readonly string[];
  references: Readonly<Partial<Record<Referable, readonly string[]>>>;
}

/** Ids that an activity may lead to, the likelier ones apart. */
interface Ways {
  ahead: readonly string[];
  all: readonly string[];
}

/** Texts of which some fit the pattern of any field. */
const TEXTS = ["1", "a", "x1", "en_GB", "en-GB", "plain text", "https://example.com/", "/x", "$.a"]
  .concat("2xx", "404", "text/plain", "custom", "x-own");
const TEMPLATES = ["plain", "{{ one }}", "https://example.com/{{ two }}", "/a/{{ one }}"];
const EXPRESSIONS = {
  boolean: ["true", "one == 'a'", "two > 3"],
  number: ["1", "two + 1"],
  text: ["one", "'a' ~ two"],
  date: ["now()"],
  json: ["[1, 2]"],
  any: ["1", "one", "true"],
};

/**
 * Flows of activities of any type, made from their schemas: each fits its own, and leads to others
 * that there are; all else is left to chance.
 */
export function randomFlow(id: string, names: RandomFlowNames): fc.Arbitrary<FlowDocument> {
  const types = [...ACTIVITIES.values()].filter(({ kinds }) => kinds.includes(names.kind));
  return fc.integer({ min: 1, max: 9 }).chain((count) => {
    const ids = Array.from({ length: count }, (_, i) => `a${i}`);
    const activities = ids.map((_, i) => {
      const ways = { ahead: [...ids.slice(i + 1), "end"], all: ids };
      return fc.constantFrom(...types).chain(({ schema }) =>
        arbitraryOf(schema, names, ways).filter((it) => schema.safeParse(it).success)
      );
    });
    return fc.record({
      activities: fc.tuple(...activities),
      onError: fc.option(fc.constantFrom(...ids, "end"), { nil: undefined }),
      handler: fc.option(fc.constantFrom(...ids), { nil: undefined, freq: 4 }),
    }).map((made) =>
      FlowDocument.parse({
        ...{ id, name: id, kind: names.kind, start: "a0", onError: made.onError },
        variables: Object.fromEntries(
          names.variables.map((name) => [name, { type: name === "two" ? "number" : "text" }]),
        ),
        handlers: made.handler === undefined ? [] : [{ event: "queued", start: made.handler }],
        activities: {
          ...Object.fromEntries(made.activities.map((it, i) => [ids[i], it])),
          end: { type: names.kind === "voice" ? "hang-up" : "close" },
        },
      })
    );
  });
}

function arbitraryOf(
  schema: z.ZodType,
  names: RandomFlowNames,
  ways: Ways,
): fc.Arbitrary<unknown> {
  const marker = schema.meta()?.[MARKER] as Marker | undefined;
  if (marker) {
    return texts(
      schema,
      marked(marker, names, ways),
      (list) =>
        marker.kind === "path" ? [...list, ...ways.ahead, ...ways.ahead, ...ways.ahead] : list,
    );
  }
  const of = (inner: unknown) => arbitraryOf(inner as z.ZodType, names, ways);
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape).map(([key, member]) => [key, of(member)]);
    return fc.record(Object.fromEntries(shape)).map((it) => JSON.parse(JSON.stringify(it)));
  }
  if (schema instanceof z.ZodOptional) return fc.option(of(schema.unwrap()), { nil: undefined });
  if (schema instanceof z.ZodNullable) return fc.option(of(schema.unwrap()), { nil: null });
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return fc.option(of(schema.unwrap()), { nil: undefined });
  }
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) {
    const min = Math.max(-5, schema.minValue ?? -5);
    return fc.integer({
      min: Math.ceil(min),
      max: Math.min(Math.ceil(min) + 5, schema.maxValue ?? 5),
    })
      .filter((it) => schema.safeParse(it).success);
  }
  if (schema instanceof z.ZodArray) {
    return fc.array(of(schema.element), { maxLength: 2 })
      .chain((items) =>
        items.length > 0 ? fc.constant(items) : of(schema.element).map((it) => [it])
      )
      .chain((items) => fc.constantFrom(items, []))
      .filter((it) => schema.safeParse(it).success);
  }
  if (schema instanceof z.ZodRecord) {
    return fc.dictionary(
      texts(schema.keyType as z.ZodType, TEXTS) as fc.Arbitrary<string>,
      of(schema.valueType),
      { maxKeys: 1 },
    );
  }
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(of));
  return texts(schema, TEXTS);
}

function marked(marker: Marker, names: RandomFlowNames, ways: Ways): readonly string[] {
  switch (marker.kind) {
    case "path":
      return ways.all;
    case "template":
      return TEMPLATES;
    case "expression":
      return EXPRESSIONS[marker.result];
    case "reference":
      return names.references[marker.to] ?? TEXTS;
    case "variable":
      return names.variables;
  }
}

function texts(
  schema: z.ZodType,
  from: readonly string[],
  weigh: (list: string[]) => string[] = (list) => list,
): fc.Arbitrary<unknown> {
  const fitting = from.filter((text) => schema.safeParse(text).success);
  if (fitting.length === 0) {
    throw new Error(`No text fits ${JSON.stringify(z.toJSONSchema(schema))}`);
  }
  return fc.constantFrom(...weigh(fitting));
}
