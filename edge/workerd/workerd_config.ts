/** What a local workerd is to run with. Folders are absolute paths. */
export interface WorkerdConfig {
  hostname: string;
  port: number;
  edgeId: string;
  controlPlaneUrl: string;
  /** A `PrivateServiceKey` as JSON. */
  serviceKey: string;
  /** Where Durable Objects keep their data. */
  storage: string;
  /** The web app's files. */
  web: string;
}

/** The Durable Objects by binding, with their classes. */
const OBJECTS: readonly [string, string][] = [
  ["CONFIGURATION", "ConfigurationObject"],
  ["AGENT_SESSION", "AgentSession"],
  ["WEBHOOK_INBOX", "WebhookInbox"],
  ["SIGN_ON_LIMITER", "SignOnLimiter"],
];

/**
 * Writes workerd's configuration (Cap'n Proto text) for the bundle `worker.js` beside it.
 * @see https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp
 */
export function workerdConfig(config: WorkerdConfig): string {
  const text = JSON.stringify;
  const namespaces = OBJECTS.map(([, name]) =>
    `(className = "${name}", uniqueKey = "antiphon-${name}", enableSql = true)`
  );
  const bindings = [
    `(name = "EDGE_ID", text = ${text(config.edgeId)})`,
    `(name = "CONTROL_PLANE_URL", text = ${text(config.controlPlaneUrl)})`,
    `(name = "SERVICE_KEY", text = ${text(config.serviceKey)})`,
    `(name = "WEB", service = "web")`,
    ...OBJECTS.map(([binding, name]) =>
      `(name = "${binding}", durableObjectNamespace = "${name}")`
    ),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    (name = "network", network = (allow = ["public", "private"])),
    (name = "storage", disk = (path = ${text(config.storage)}, writable = true)),
    (name = "web", disk = (path = ${text(config.web)})),
  ],
  sockets = [(name = "http", address = ${
    text(`${config.hostname}:${config.port}`)
  }, http = (), service = "edge")],
);
const edge :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-10-01",
  bindings = [
    ${bindings.join(",\n    ")},
  ],
  durableObjectNamespaces = [
    ${namespaces.join(",\n    ")},
  ],
  durableObjectStorage = (localDisk = "storage"),
  globalOutbound = "network",
);
`;
}
