import assert from "node:assert/strict";
import fc from "fast-check";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { DocumentFormat, formatOf } from "./document_format.ts";
import { extractValues } from "./extract_values.ts";
import type { JsonValue } from "./json_value.ts";
import { Output } from "./output.ts";
import { parsePath } from "./parse_path.ts";
import { DOCUMENT_CHARACTERS, DOCUMENT_DEPTH, readDocument } from "./read_document.ts";
import { selectNodes } from "./select_nodes.ts";

const code = (expected: string) => (e: unknown) =>
  e instanceof AntiphonError && e.code === expected;
const select = (document: JsonValue, path: string) => selectNodes(document, parsePath(path));
const take = (document: JsonValue, path: string, type = "text", more = {}) =>
  extractValues(document, [Output.parse({ variable: "v", path, type, ...more })]).get("v");

/** The store of RFC 9535 section 1.5. */
const STORE: JsonValue = {
  store: {
    book: [
      { category: "reference", author: "Nigel Rees", title: "Sayings of the Century", price: 8.95 },
      { category: "fiction", author: "Evelyn Waugh", title: "Sword of Honour", price: 12.99 },
      {
        category: "fiction",
        author: "Herman Melville",
        title: "Moby Dick",
        isbn: "0-553-21311-3",
        price: 8.99,
      },
      {
        category: "fiction",
        author: "J. R. R. Tolkien",
        title: "The Lord of the Rings",
        isbn: "0-395-19395-8",
        price: 22.99,
      },
    ],
    bicycle: { color: "red", price: 399 },
  },
};

Deno.test("selectNodes() finds what the examples of RFC 9535 section 1.5 say", () => {
  const titles = (path: string) =>
    select(STORE, path).map((book) => (book as { title: string }).title);
  assert.deepEqual(select(STORE, "$.store.book[*].author").length, 4);
  assert.deepEqual(select(STORE, "$..author").length, 4);
  assert.deepEqual(select(STORE, "$.store.*").length, 2);
  assert.deepEqual(select(STORE, "$.store..price"), [8.95, 12.99, 8.99, 22.99, 399]);
  assert.deepEqual(titles("$..book[2]"), ["Moby Dick"]);
  assert.deepEqual(select(STORE, "$..book[2].publisher"), []);
  assert.deepEqual(titles("$..book[-1]"), ["The Lord of the Rings"]);
  assert.deepEqual(titles("$..book[0,1]"), titles("$..book[:2]"));
  assert.deepEqual(titles("$..book[?@.isbn]"), ["Moby Dick", "The Lord of the Rings"]);
  assert.deepEqual(titles("$..book[?@.price<10]"), ["Sayings of the Century", "Moby Dick"]);
  assert.equal(select(STORE, "$..*").length, 27);
});

Deno.test("selectNodes() slices, filters, compares and counts", () => {
  const letters = ["a", "b", "c", "d", "e", "f", "g"];
  const cases: [JsonValue, string, JsonValue[]][] = [
    [letters, "$[1:3]", ["b", "c"]],
    [letters, "$[5:]", ["f", "g"]],
    [letters, "$[1:5:2]", ["b", "d"]],
    [letters, "$[5:1:-2]", ["f", "d"]],
    [letters, "$[::-1]", letters.toReversed()],
    [letters, "$[::0]", []],
    [letters, "$[-9:9]", letters],
    [letters, "$[7]", []],
    [letters, "$[-8]", []],
    [{ a: 1 }, "$[0]", []],
    [{ a: 1 }, "$['a']", [1]],
    [[1, "1", true, null], "$[?@==1]", [1]],
    [[{ a: [1, { b: 2 }] }, { a: [1] }], "$[?@.a==$[0].a]", [{ a: [1, { b: 2 }] }]],
    [[{}, { a: 1 }], "$[?@.a==@.b]", [{}]],
    [[{ a: 1 }, { b: 1 }], "$[?!@.a]", [{ b: 1 }]],
    [[{ a: 1, b: 2 }, { a: 3 }], "$[?@.a==1&&@.b==2||@.a>=3]", [{ a: 1, b: 2 }, { a: 3 }]],
    [["a", "abc", "ä𝄞"], "$[?length(@)==2]", ["ä𝄞"]],
    [[[1], [1, 2]], "$[?count(@.*)>1]", [[1, 2]]],
    [[{ a: { b: 1 } }, { a: {} }], "$[?value(@..b)==1]", [{ a: { b: 1 } }]],
    [["b", "a"], "$[?@<'b']", ["a"]],
    [{ "__proto__x": 1 }, "$.constructor", []],
  ];
  for (const [document, path, expected] of cases) {
    assert.deepEqual(select(document, path), expected, path);
  }
});

Deno.test("parsePath() refuses what is no path, and patterns", () => {
  for (
    const path of ["", "a", "$.", "$[", "$[?match(@.a,'a')]", "$[?search(@,'(a+)+$')]", "$[?f(@)]"]
  ) {
    assert.throws(() => parsePath(path), code("path_invalid"), path);
  }
  assert.throws(() => parsePath(`$.${"a".repeat(256)}`), code("path_invalid"));
});

Deno.test("selectNodes() stops at a bound, however the path multiplies", () => {
  const wide: JsonValue = Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => 1));
  for (const path of ["$..[?@..[?@..*]]", "$[*][?count($..*)>1]", `$${"[*,*,*]".repeat(20)}`]) {
    const start = performance.now();
    assert.throws(() => select(wide, path), code("extraction_too_long"), path);
    assert.ok(performance.now() - start < 2_000);
  }
  const one: JsonValue = [];
  assert.equal(select(one, "$[0,0,0][0,0,0]").length, 0);
});

Deno.test("readDocument() reads JSON, TOML and XML alike", () => {
  const json = readDocument('\uFEFF{"customer":{"name":"Rosa","tags":["a","b"]}}', "json");
  const toml = readDocument('[customer]\nname = "Rosa"\ntags = ["a", "b"]', "toml");
  const xml = readDocument(
    "<?xml version='1.0'?><customer><name>Rosa</name><tags>a</tags><tags>b</tags></customer>",
    "xml",
  );
  for (const document of [json, toml, xml]) {
    assert.equal(take(document, "$.customer.name"), "Rosa");
    assert.equal(take(document, "$.customer.tags[1]"), "b");
    assert.equal(take(document, "$.customer.tags[*]", "json"), '["a","b"]');
  }
  assert.equal(readDocument("as it is", "text"), "as it is");
});

Deno.test("readDocument() reads TOML's dates and numbers, and XML's attributes and characters", () => {
  const toml = readDocument(
    "at = 1979-05-27T07:32:00Z\nday = 1979-05-27\nbig = inf\nn = 1_000",
    "toml",
  );
  assert.equal(take(toml, "$.at", "date"), "1979-05-27T07:32:00.000Z");
  assert.equal(take(toml, "$.day", "date"), "1979-05-27T00:00:00.000Z");
  assert.equal(take(toml, "$.big"), "Infinity");
  assert.equal(take(toml, "$.n", "number"), "1000");
  const xml = readDocument(
    '<s:a xmlns:s="urn:x" id="007">T&amp;J &#228; <b n="1">x</b><![CDATA[<&lt;>]]><c/></s:a>',
    "xml",
  );
  assert.equal(take(xml, "$['s:a']['@id']"), "007");
  assert.equal(take(xml, "$['s:a'].b['#text']"), "x");
  assert.match(take(xml, "$['s:a']['#text']")!, /^T&J ä/);
});

Deno.test("readDocument() bounds size and depth", () => {
  const deep = DOCUMENT_DEPTH + 1;
  const texts: [string, DocumentFormat][] = [
    ["[".repeat(deep) + "]".repeat(deep), "json"],
    ["[".repeat(500_000), "json"],
    [`a = ${"[".repeat(deep)}${"]".repeat(deep)}`, "toml"],
    [`a${".a".repeat(deep)} = 1`, "toml"],
    ["<a>".repeat(deep) + "</a>".repeat(deep), "xml"],
    ["<a>".repeat(80_000), "xml"],
  ];
  for (const [text, format] of texts) {
    assert.throws(() => readDocument(text, format), code("document_too_deep"), text.slice(0, 80));
  }
  const large = "x".repeat(DOCUMENT_CHARACTERS + 1);
  for (const format of DocumentFormat.options) {
    assert.throws(() => readDocument(large, format), code("document_too_large"));
  }
});

Deno.test("readDocument() refuses what is malformed, and every document type", () => {
  const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>';
  const outside = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>';
  const texts: [string, DocumentFormat][] = [
    ["", "json"],
    ["{'a':1}", "json"],
    ['{"secret":"4111', "json"],
    ["a = ", "toml"],
    ["a = 1\na = 2", "toml"],
    ["<a><b></a>", "xml"],
    ["plain", "xml"],
    [bomb, "xml"],
    [outside, "xml"],
  ];
  for (const [text, format] of texts) {
    assert.throws(() => readDocument(text, format), (e: AntiphonError) => {
      assert.equal(e.code, "document_malformed", text);
      assert.doesNotMatch(`${e.message} ${e.stack}`, /4111/);
      return true;
    });
  }
});

Deno.test("values are converted to their variables' types, or refused", () => {
  const good: [JsonValue, string, string][] = [
    ["a", "text", "a"],
    [1.5, "text", "1.5"],
    [true, "text", "true"],
    [1e21, "number", "1e+21"],
    [" 12.50 ", "number", "12.5"],
    ["-0.5e3", "number", "-500"],
    [false, "boolean", "false"],
    ["true", "boolean", "true"],
    ["2026-11-21T10:00:00+01:00", "date", "2026-11-21T09:00:00.000Z"],
    ["2026-11-21 10:00", "date", "2026-11-21T10:00:00.000Z"],
    ["2026-11-21", "date", "2026-11-21T00:00:00.000Z"],
    [{ a: [null] }, "json", '{"a":[null]}'],
    [null, "json", "null"],
    ["a\0\ud800", "text", "a\uFFFD\uFFFD"],
  ];
  for (const [value, type, expected] of good) {
    assert.equal(take({ x: value }, "$.x", type), expected);
  }
  const bad: [JsonValue, string][] = [
    [{}, "text"],
    [[1], "text"],
    ["12 apples", "number"],
    ["0x10", "number"],
    ["1e999", "number"],
    ["", "number"],
    [1, "boolean"],
    ["yes", "boolean"],
    ["tomorrow", "date"],
    [0, "date"],
    ["2026-13-01", "date"],
    ["x".repeat(4097), "text"],
  ];
  for (const [value, type] of bad) {
    assert.throws(
      () => take({ x: value }, "$.x", type),
      code("value_invalid"),
      JSON.stringify(value).slice(0, 80),
    );
  }
});

Deno.test("what is missing is an error, unless it is not required", () => {
  for (const document of [{}, { x: null }] as JsonValue[]) {
    assert.throws(() => take(document, "$.x"), (e: AntiphonError) => {
      assert.deepEqual([e.code, e.data.variable], ["value_missing", "v"]);
      return true;
    });
    assert.equal(take(document, "$.x", "text", { required: false }), undefined);
  }
});

Deno.test("formatOf() knows media types", () => {
  for (
    const [type, format] of [
      ["application/json; charset=utf-8", "json"],
      ["application/problem+json", "json"],
      ["text/xml", "xml"],
      ["application/soap+xml", "xml"],
      ["application/toml", "toml"],
      ["text/html", "text"],
      ["", "text"],
    ]
  ) assert.equal(formatOf(type), format, type);
});

Deno.test("any JSON is found by the path of each of its values", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
    const document = readDocument(JSON.stringify(value), "json");
    const walk = (at: JsonValue, path: string): void => {
      if (path.length > 200) return;
      assert.deepEqual(select(document, path), [at]);
      if (Array.isArray(at)) return at.forEach((item, i) => walk(item, `${path}[${i}]`));
      if (at === null || typeof at !== "object") return;
      for (const [key, item] of Object.entries(at)) {
        if (/^[^\p{C}]*$/u.test(key)) walk(item, `${path}[${JSON.stringify(key)}]`);
      }
    };
    walk(document, "$");
  }));
});

Deno.test("whatever comes, reading and taking ends in a value or a stable code, and changes nothing else", () => {
  const names = fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "a",
    "#text",
    "@a",
  );
  const json = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<JsonValue>(null, 1, "x", true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.array(fc.tuple(names, tie("value")), { maxLength: 3 }).map((entries) =>
        Object.fromEntries(entries) as JsonValue
      ),
    ),
  })).value;
  const element = fc.array(names, { maxLength: 4 }).map((tags) =>
    tags.map((t) => `<${t}>`).join("") + "x" + tags.toReversed().map((t) => `</${t}>`).join("")
  );
  const toml = fc.array(names, { minLength: 1, maxLength: 4 }).map((keys) =>
    `${keys.map((key) => JSON.stringify(key)).join(".")} = { "__proto__" = { polluted = 1 } }`
  );
  const document = fc.oneof(
    json.map((value) => [JSON.stringify(value), "json"] as const),
    fc.string().map((text) => [text, "json"] as const),
    element.map((text) => [`<r a="1">${text}</r>`, "xml"] as const),
    fc.string().map((text) => [`<r>${text}</r>`, "xml"] as const),
    toml.map((text) => [text, "toml"] as const),
    fc.string().map((text) => [text, "toml"] as const),
  );
  const path = fc.oneof(
    fc.array(
      fc.oneof(
        names.map((name) => `['${name}']`),
        fc.constantFrom("..*", "[*]", "[0]", "[?@]", "[::2]"),
      ),
      { maxLength: 5 },
    )
      .map((parts) => `$${parts.join("")}`),
    fc.string().map((text) => `$${text}`),
  );
  fc.assert(
    fc.property(
      document,
      path,
      fc.constantFrom("text", "json", "number"),
      ([text, format], at, type) => {
        const before = [
          Object.getOwnPropertyNames(Object.prototype).length,
          Object.getOwnPropertyNames(Array.prototype).length,
        ];
        try {
          const value = take(readDocument(text, format), at || "$", type);
          assert.equal(typeof value, "string");
        } catch (error) {
          assert.ok(error instanceof AntiphonError, String(error));
        }
        assert.equal(({} as Record<string, unknown>).polluted, undefined);
        assert.deepEqual([
          Object.getOwnPropertyNames(Object.prototype).length,
          Object.getOwnPropertyNames(Array.prototype).length,
        ], before);
      },
    ),
    { numRuns: 1500 },
  );
});
