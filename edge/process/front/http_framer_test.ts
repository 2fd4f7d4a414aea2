import assert from "node:assert/strict";
import fc from "fast-check";
import { HttpFramer } from "./http_framer.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (parts: Uint8Array[]) => parts.map((part) => new TextDecoder().decode(part)).join("");

function framer(kind: "body" | "none" | "opaque" = "body") {
  const heads: string[] = [];
  let ends = 0;
  const framer = new HttpFramer({
    head: (lines) => (heads.push(lines[0]), kind),
    end: () => void (ends += 1),
  });
  return { framer, heads, ends: () => ends };
}

const MESSAGES = [
  "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
  "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
  "POST /b HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
  "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\n\r\n\n\r\n0\r\n\r\n",
  "PUT /d HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\nA\r\n0\r\n\r\n12345\r\n0\r\nT: 1\r\n\r\n",
];

Deno.test("HttpFramer finds where messages end, however their bytes come", () => {
  const whole = fc.array(fc.constantFrom(...MESSAGES), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(whole, fc.array(fc.integer({ min: 1, max: 40 })), (messages, cuts) => {
    const { framer: f, heads, ends } = framer();
    const all = bytes(messages.join(""));
    let out = "";
    for (let at = 0, n = 0; at < all.length; n++) {
      const size = cuts.length > 0 ? cuts[n % cuts.length] : all.length;
      out += text(f.feed(all.subarray(at, at + size)));
      at += size;
    }
    assert.equal(out, messages.join(""));
    assert.deepEqual(heads, messages.map((message) => message.split("\r\n")[0]));
    assert.equal(ends(), messages.length);
    assert.deepEqual([f.inHead, f.begun], [true, false]);
  }));
});

Deno.test("HttpFramer puts a header in behind the first line and holds a head until it is whole", () => {
  const { framer: f } = framer();
  const insert = bytes("x-client: 1\r\n");
  assert.equal(text(f.feed(bytes("GET / HTTP/1.1\r\nHost"), insert)), "");
  assert.equal(f.begun, true);
  assert.equal(
    text(f.feed(bytes(": a\r\n\r\nGET /b HTTP/1.1\r\n\r\n"), insert)),
    "GET / HTTP/1.1\r\nx-client: 1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nx-client: 1\r\n\r\n",
  );
});

Deno.test("HttpFramer hands on all that follows an upgrade, and skips no body that is not there", () => {
  const upgraded = framer("opaque");
  const rest = "HTTP/1.1 101 S\r\n\r\n\x81\r\n\r\nanything";
  assert.equal(text(upgraded.framer.feed(bytes(rest))), rest);
  assert.deepEqual([upgraded.ends(), upgraded.framer.inHead], [0, false]);
  const head = framer("none");
  head.framer.feed(bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
  assert.equal(head.ends(), 1);
});

Deno.test("HttpFramer refuses what two readers could read differently", () => {
  const line = "POST / HTTP/1.1\r\n";
  const bad = [
    `${line}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`,
    `${line}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
    `${line}Transfer-Encoding: gzip, chunked\r\n\r\n`,
    `${line}Content-Length: +5\r\n\r\n`,
    `${line}A: b\nx-client: 9\r\n\r\n`,
    `${line}A: b\r\n x-client: 9\r\n\r\n`,
    `${line}x-client : 9\r\n\r\n`,
    `POST / HTTP/1.1\nx-client: 9\r\n\r\n`,
    `${line}Transfer-Encoding: chunked\r\n\r\n-1\r\n`,
    `${line}Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n`,
    `${line}A: ${"x".repeat(70_000)}`,
  ];
  for (const one of bad) assert.throws(() => framer().framer.feed(bytes(one)), Error, one);
});

Deno.test("HttpFramer never hangs on anything", () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (parts) => {
    const { framer: f } = framer();
    try {
      for (const part of parts) f.feed(part);
    } catch (error) {
      assert.ok(error instanceof Error);
    }
  }));
});
