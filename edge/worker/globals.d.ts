/// <reference types="@cloudflare/workers-types" />
declare const crypto: Crypto;
declare const console: { error(line: string): void };
/** The one thing of Deno's that tests beside the worker's code use. */
declare namespace Deno {
  function test(name: string, run: () => void | Promise<void>): void;
}
