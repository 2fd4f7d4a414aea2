/** Lays nested results out as lines for reading: names left, values right. */
export function report(value: Record<string, unknown>, indent = ""): string {
  return Object.entries(value).map(([name, item]) => {
    const title = `${indent}${name.replace(/([A-Z])/g, " $1").toLowerCase()}`;
    if (Array.isArray(item) && item.some((entry) => typeof entry === "object")) {
      const entries = item.map((entry, i) =>
        `${indent}  ${i + 1}\n${report(entry, `${indent}    `)}`
      );
      return `${title}\n${entries.join("\n")}`;
    }
    if (typeof item === "object" && item !== null && !Array.isArray(item)) {
      return `${title}\n${report(item as Record<string, unknown>, `${indent}  `)}`;
    }
    return `${title.padEnd(36)} ${Array.isArray(item) ? item.join(", ") : String(item)}`;
  }).join("\n");
}
