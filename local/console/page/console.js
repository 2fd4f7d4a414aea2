// The console's page: shows what /api/events tells and posts what its buttons mean.
import { activeCells, showClusterProgress, showClusters } from "./clusters.js";

const at = (id) => document.getElementById(id);
let memory = {};
let processes = [];
let callBegan = 0;

const events = new EventSource("/api/events");
events.onerror = () => {
  at("health").textContent = "The platform does not answer. Is deno task start still running?";
};
listen("platform", showPlatform);
listen("processes", (list) => {
  processes = list;
  showProcesses();
});
listen("clusters", (pictures) => {
  showClusters(pictures, post);
  showSites();
});
listen("cluster", showClusterProgress);
listen("memory", (sizes) => {
  memory = sizes;
  showProcesses();
});
listen("call", showCallLine);
listen("messages", (list) => {
  at("thread").replaceChildren();
  list.forEach(showMessage);
});
listen("message", showMessage);

at("call-form").addEventListener("submit", (event) => {
  event.preventDefault();
  at("call-lines").replaceChildren();
  callBegan = Date.now();
  post("/api/calls", Object.fromEntries(new FormData(event.target)));
});
at("hang-up").addEventListener("click", () => post("/api/calls/end", {}));
at("message-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { text } = event.target.elements;
  if (await post("/api/messages", { text: text.value })) text.value = "";
});

function listen(type, show) {
  events.addEventListener(type, (event) => show(JSON.parse(event.data)));
}

/** Posts JSON; shows the problem's detail when it is refused. */
async function post(path, body) {
  const problem = at("problem");
  problem.hidden = true;
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return true;
    const { detail, errors = [] } = await response.json();
    problem.textContent = [detail, ...errors.map((e) => `${e.path}: ${e.message}`)].join(" · ");
  } catch (error) {
    problem.textContent = `The platform does not answer (${error.message})`;
  }
  problem.hidden = false;
  return false;
}

function showPlatform(platform) {
  const find = (path) => path.split(".").reduce((value, key) => value?.[key], platform);
  for (const link of document.querySelectorAll("[data-link]")) {
    const address = find(link.dataset.link);
    link.hidden = address === undefined;
    link.href = address + (link.dataset.path ?? "");
  }
  for (const text of document.querySelectorAll("[data-text]")) {
    text.textContent = find(text.dataset.text);
  }
  const { demo } = platform;
  for (const id of ["sign-in", "call", "messages"]) at(id).hidden = demo === null;
  if (demo === null) return;
  const number = at("call-form").elements.to;
  if (number.value === "") number.value = demo.number;
  at("agents").replaceChildren(...demo.agents.map((agent) =>
    row([
      [demo.slug, "secret"],
      [`${agent.username}`, "secret"],
      [agent.password, "secret"],
    ])
  ));
}

function showProcesses() {
  const down = processes.filter((process) => process.state !== "ready");
  at("health").textContent = down.length === 0
    ? `All ${processes.length} processes run.`
    : `${down.length} of ${processes.length} processes do not run: ${
      down.map((process) => process.name).join(", ")
    }`;
  const focused = document.activeElement?.dataset?.action;
  at("processes").replaceChildren(...processes.map(processRow));
  if (focused) document.querySelector(`[data-action="${focused}"]`)?.focus();
  showSites();
}

/** Where a process runs, by its name, and what it is called there. */
function siteOf(name) {
  const [, what, cluster, at] = name.match(/^(cell|postgres)-([A-Z]\d+)-(.+)$/) ?? [];
  if (what === "cell") return [at, `Cell ${cluster}`];
  if (what === "postgres") return [at, `PostgreSQL of ${cluster}`];
  if (name.startsWith("keeper-")) return [name.slice("keeper-".length), "Keeper"];
  const known = {
    "pop-FRA": ["eu-central", "PoP Frankfurt"],
    "pop-NYC": ["us-east", "PoP New York"],
    edge: ["control", "Edge"],
    "control-plane": ["control", "Control plane"],
    "postgres-control-plane": ["control", "PostgreSQL"],
  };
  return known[name] ?? ["control", name];
}

const ORDER = ["pop", "edge", "control-plane", "cell", "postgres", "keeper"];
const rank = (name) => ORDER.findIndex((start) => name.startsWith(start));

function showSites() {
  const active = activeCells();
  const sorted = [...processes].sort((a, b) =>
    rank(a.name) - rank(b.name) || a.name.localeCompare(b.name)
  );
  for (const list of document.querySelectorAll("[data-site]")) {
    const own = sorted.filter(({ name }) => siteOf(name)[0] === list.dataset.site);
    list.replaceChildren(...own.map(({ name, state }) => {
      const item = document.createElement("li");
      item.className = "state";
      item.dataset.state = state;
      item.append(siteOf(name)[1]);
      if (state !== "ready") item.append(tag(state, "bad"));
      else if (active.has(name)) item.append(tag("active", "good"));
      return item;
    }));
  }
}

function tag(text, kind) {
  const span = document.createElement("span");
  span.className = `tag ${kind}`;
  span.textContent = text;
  return span;
}

function processRow({ name, state, pid, restarts, since }) {
  const runs = state === "ready";
  const cells = row([
    [name],
    [state, "state"],
    [pid ?? "", "number detail"],
    [pid && memory[pid] ? `${memory[pid]} MiB` : "", "number"],
    [restarts, "number detail"],
    [since ? new Date(since).toLocaleTimeString() : "", "detail"],
  ]);
  cells.children[1].dataset.state = state;
  const verb = runs ? "kill" : "start";
  // A keeper starts its servers by itself.
  const kept = !runs && name.startsWith("postgres-");
  const button = document.createElement("button");
  button.className = "small-button";
  button.textContent = runs ? "Kill" : "Start";
  button.setAttribute("aria-label", `${button.textContent} ${name}`);
  button.dataset.action = `${verb} ${name}`;
  button.disabled = kept || !["ready", "stopped", "failed"].includes(state);
  button.addEventListener("click", () => post(`/api/processes/${name}/${verb}`, {}));
  const cell = document.createElement("td");
  cell.append(button);
  cells.append(cell);
  return cells;
}

function row(cells) {
  const tr = document.createElement("tr");
  for (const [text, className = ""] of cells) {
    const td = document.createElement("td");
    td.textContent = text;
    td.className = className;
    tr.append(td);
  }
  return tr;
}

function showCallLine({ event, at: when, text }) {
  if (event === "calling") callBegan = when;
  const item = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = `${((when - callBegan) / 1000).toFixed(1)} s`;
  item.append(time, text);
  at("call-lines").append(item);
  const over = event === "ended" || event === "failed";
  at("hang-up").disabled = over;
  at("call-form").querySelector(".main").disabled = !over;
}

function showMessage({ by, text }) {
  const item = document.createElement("li");
  item.className = by;
  item.textContent = text;
  const who = document.createElement("span");
  who.className = "unseen";
  who.textContent = by === "contact" ? "Rosa Lind: " : "Aurora Travel: ";
  item.prepend(who);
  at("thread").append(item);
  item.scrollIntoView({ block: "nearest" });
}
