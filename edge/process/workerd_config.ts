/** What workerd is to serve. Paths are absolute, except the bundle's. */
export interface WorkerdConfig {
  /** "host:port"; port 0 takes any. */
  address: string;
  /** Name of the bundled worker, a file beside the configuration. */
  bundle: string;
  /** Where Durable Objects keep their databases. */
  objects: string;
  /** The web app's files. */
  webApp: string;
  /** Plain values that the worker is given. */
  values: Record<string, string>;
  /** Names of environment variables whose values the worker is given: secrets stay off the disk. */
  secrets: readonly string[];
}

/** Durable Object namespaces: the worker's binding and the class it exports. */
export const OBJECTS = {
  CONFIGURATION: "ConfigurationObject",
  ASSET_INBOX: "AssetInboxObject",
  AGENT_SESSION: "AgentSessionObject",
  RATE_LIMIT: "RateLimitObject",
} as const;

/** The Workers behaviour that the worker was written against. */
export const COMPATIBILITY_DATE = "2026-10-01";

/** workerd's configuration file, in Cap'n Proto's text format. */
export function workerdConfig(config: WorkerdConfig): string {
  const bindings = [
    ...Object.entries(OBJECTS).map(([binding, type]) =>
      `(name = ${text(binding)}, durableObjectNamespace = ${text(type)})`
    ),
    ...Object.entries(config.values).map(([name, value]) =>
      `(name = ${text(name)}, text = ${text(value)})`
    ),
    ...config.secrets.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
    `(name = "ASSETS", service = "web-app")`,
  ];
  const namespaces = Object.values(OBJECTS).map((type) =>
    `(className = ${text(type)}, uniqueKey = ${text(`antiphon-edge-${type}`)}, enableSql = true)`
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    (name = "internet", network = (
      allow = ["public", "private"],
      tlsOptions = (trustBrowserCas = true)
    )),
    (name = "objects", disk = (path = ${text(config.objects)}, writable = true)),
    (name = "web-app", disk = (path = ${text(config.webApp)})),
  ],
  sockets = [(name = "http", address = ${text(config.address)}, http = (), service = "edge")],
);
const edge :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed ${text(config.bundle)})],
  compatibilityDate = ${text(COMPATIBILITY_DATE)},
  bindings = [
    ${bindings.join(",\n    ")}
  ],
  durableObjectNamespaces = [
    ${namespaces.join(",\n    ")}
  ],
  durableObjectStorage = (localDisk = "objects"),
  globalOutbound = "internet",
);
`;
}

function text(value: string): string {
  const escaped = value.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n");
  return `"${escaped}"`;
}
