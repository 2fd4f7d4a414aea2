await Deno.mkdir(new URL("dist", import.meta.url), { recursive: true });
