// The clusters on the console's page: where each is active, what it can do, how that goes.

const HEALTH = {
  redundant: "Redundant",
  degraded: "Degraded",
  moving: "Moving",
  down: "Down",
};
const at = (id) => document.getElementById(id);
const cards = new Map();
let pictures = [];

/** Names of the cells and servers that are active now. */
export function activeCells() {
  return new Set(
    pictures.flatMap(({ clusterId, active }) =>
      active ? [`cell-${clusterId}-${active.site}`, `postgres-${clusterId}-${active.site}`] : []
    ),
  );
}

/** Shows every cluster; `post` sends what a button means. */
export function showClusters(list, post) {
  pictures = list;
  at("clusters").hidden = list.length === 0;
  for (const picture of list) {
    if (!cards.has(picture.clusterId)) cards.set(picture.clusterId, makeCard(picture, post));
    showCard(cards.get(picture.clusterId), picture);
  }
}

/** Adds a line of what runs on a cluster. */
export function showClusterProgress({ clusterId, line, ended }) {
  const card = cards.get(clusterId);
  if (!card) return;
  const item = document.createElement("li");
  item.textContent = line;
  if (ended) item.className = ended;
  const lines = card.node.querySelector(".lines");
  lines.append(item);
  item.scrollIntoView({ block: "nearest" });
  if (!ended) return;
  setRunning(card, false);
  if (card.node.querySelector("details").open) showHistory(card);
}

function makeCard({ clusterId }, post) {
  const node = at("cluster-card").content.firstElementChild.cloneNode(true);
  const card = { clusterId, node, running: false, picture: null };
  const title = node.querySelector("h3");
  title.id = `cluster-${clusterId}`;
  title.textContent = clusterId;
  node.setAttribute("aria-labelledby", title.id);
  for (const button of node.querySelectorAll("[data-verb]")) {
    button.addEventListener("click", () => begin(card, button.dataset.verb, post));
  }
  const details = node.querySelector("details");
  details.addEventListener("toggle", () => details.open && showHistory(card));
  at("cluster-cards").append(node);
  return card;
}

function showCard(card, picture) {
  card.picture = picture;
  const { node } = card;
  const { health, summary, sites, replication, active, degraded } = picture;
  node.dataset.health = health;
  setText(node.querySelector(".health"), HEALTH[health]);
  setText(node.querySelector(".summary"), `${summary}.`);
  const boxes = node.querySelectorAll(".site");
  sites.forEach((site, i) => showSite(boxes[i], site));
  const flow = node.querySelector(".flow");
  const streams = replication && ["streaming", "catching-up"].includes(replication.state);
  flow.dataset.to = active && sites[0].active ? "second" : "first";
  flow.dataset.state = !active ? "none" : streams ? "streams" : "broken";
  const inSync = replication?.sync && !degraded;
  setText(
    flow.querySelector(".words"),
    !active ? "" : inSync ? "in sync" : replication?.state ?? "",
  );
  setText(flow.querySelector(".lag"), streams ? lag(replication) : "");
  nameButtons(card);
}

function showSite(box, { site, active, role, epoch, leaseMs, problem }) {
  const rows = [
    ["role", active ? "active" : role],
    ["epoch", epoch ?? "—"],
    ["lease", leaseMs === null ? "—" : `${(leaseMs / 1000).toFixed(1)} s`],
  ];
  box.dataset.active = active;
  box.dataset.role = role;
  const title = document.createElement("h4");
  title.textContent = site;
  const facts = document.createElement("dl");
  for (const [name, value] of rows) {
    const [term, fact] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    fact.textContent = value;
    facts.append(term, fact);
  }
  const note = document.createElement("p");
  note.className = "note";
  note.textContent = problem ?? "";
  box.replaceChildren(title, facts, ...problem ? [note] : []);
}

function nameButtons({ node, picture, running }) {
  const { clusterId, active, sites, health } = picture;
  const to = otherOf(picture);
  const names = {
    rehearse: ["Rehearse a move", `to ${to}`],
    switch: [`Move to ${to}`],
    drill: ["Drill …", `kill ${active?.site ?? sites[0].site}`],
  };
  for (const button of node.querySelectorAll("[data-verb]")) {
    const [name, more = ""] = names[button.dataset.verb];
    setText(button, name);
    button.setAttribute("aria-label", `${name} ${more} (${clusterId})`);
    button.disabled = running || !active ||
      (button.dataset.verb === "drill" && health !== "redundant");
  }
}

function otherOf({ sites, active }) {
  return sites.find(({ site }) => site !== active?.site)?.site;
}

async function begin(card, verb, post) {
  const { clusterId, picture } = card;
  if (verb === "drill" && !await confirmDrill(picture)) return;
  card.node.querySelector(".lines").replaceChildren();
  setRunning(card, true);
  if (!await post(`/api/clusters/${clusterId}/${verb}`, { to: otherOf(picture) })) {
    setRunning(card, false);
  }
}

function confirmDrill({ clusterId, active }) {
  const dialog = at("drill-dialog");
  at("drill-words").textContent =
    `The cell, the keeper and the PostgreSQL of ${clusterId} in ${active.site} are killed. ` +
    "The other site takes over within seconds; then what was killed is started again.";
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "drill"), { once: true });
  });
}

function setRunning(card, running) {
  card.running = running;
  nameButtons(card);
}

async function showHistory({ clusterId, node }) {
  const list = node.querySelector(".history");
  try {
    const response = await fetch(`/api/clusters/${clusterId}/history`);
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const { lines } = await response.json();
    list.replaceChildren(...(lines.length > 0 ? lines : ["Nothing yet"]).map(item));
  } catch (error) {
    list.replaceChildren(item(`The history cannot be read: ${error.message}`));
  }
}

function item(text) {
  const li = document.createElement("li");
  li.textContent = text;
  return li;
}

function lag({ lagBytes, lagMs }) {
  if (lagBytes === null) return "";
  const size = lagBytes < 1024 ? `${lagBytes} B` : `${(lagBytes / 1024).toFixed(0)} KiB`;
  return lagMs === null ? size : `${size}, ${Math.round(lagMs)} ms`;
}

/** Leaves what stands as it is, so that nothing is read out twice. */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
