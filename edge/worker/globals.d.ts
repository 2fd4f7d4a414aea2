/// <reference types="@cloudflare/workers-types" />
declare const crypto: Crypto;
