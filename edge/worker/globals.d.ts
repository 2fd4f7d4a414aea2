/// <reference types="@cloudflare/workers-types" />
declare const crypto: Crypto;
declare const console: { error(line: string): void };

/** The worker's units are tested in Deno; the rest of Deno does not exist in a worker. */
declare namespace Deno {
  function test(name: string, run: () => void | Promise<void>): void;
}
