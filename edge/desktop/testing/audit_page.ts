import type { Page } from "playwright-core";

/**
 * Looks for what breaks WCAG 2.2 AA on the page as it is, through all shadow roots: controls without
 * a name (4.1.2), text without contrast (1.4.3), targets below 24 px (2.5.8), ids given twice, tab
 * orders made by hand (2.4.3), missing landmarks and headings (1.3.1), content wider than the
 * window (1.4.10). The answer lists what was found.
 */
export async function auditPage(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  }).catch(() => {
    // An endless animation cannot be finished; it is no text.
  });
  return await page.evaluate(inPage);
}

/** Runs in the page: it may use nothing from outside itself. */
function inPage(): string[] {
  const found: string[] = [];
  const all: Element[] = [];
  const collect = (root: Document | ShadowRoot) => {
    const ids = new Set<string>();
    for (const element of root.querySelectorAll("*")) {
      all.push(element);
      if (element.id && ids.has(element.id)) found.push(`the id ${element.id} is given twice`);
      ids.add(element.id);
      if (element.shadowRoot) collect(element.shadowRoot);
    }
  };
  collect(document);
  const parentOf = (element: Element): Element | null =>
    element.assignedSlot ?? element.parentElement ??
      ((element.getRootNode() as ShadowRoot).host ?? null);
  const visible = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
  };
  const describe = (element: Element) =>
    `<${element.localName}> ${element.getAttribute("data-testid") ?? element.className ?? ""} "${
      (element.textContent ?? "").trim().slice(0, 30)
    }"`;

  const rgb = (text: string): [number, number, number, number] => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const luminance = (colour: number[]) => {
    const [r = 0, g = 0, b = 0] = colour.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backdrop = (element: Element): number[] => {
    for (let at: Element | null = element; at; at = parentOf(at)) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const resting = (element: Element) => {
    for (let at: Element | null = element; at; at = parentOf(at)) {
      if (at.matches(":disabled, [aria-hidden=true] svg") || at.localName === "option") return true;
    }
    return false;
  };
  for (const element of all) {
    const own = [...element.childNodes].some((node) =>
      node.nodeType === 3 && (node.textContent ?? "").trim() !== ""
    );
    if (!own || !visible(element) || resting(element) || element.localName === "style") continue;
    const style = getComputedStyle(element);
    const [front, back] = [luminance(rgb(style.color)), luminance(backdrop(element))];
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) {
      found.push(`contrast ${contrast.toFixed(2)} at ${describe(element)}`);
    }
  }
  const nameOf = (control: Element): string => {
    const labels = [...((control as HTMLInputElement).labels ?? [])].map((one) => one.textContent);
    const text = control.matches("button, a") ? control.textContent : "";
    return [control.getAttribute("aria-label"), ...labels, text].map((one) => one?.trim() ?? "")
      .join("");
  };
  for (const control of all) {
    if (!control.matches("button, a[href], input, select, textarea, [role=button]")) continue;
    if (!visible(control)) continue;
    if (nameOf(control) === "") found.push(`no name at ${describe(control)}`);
    const target = control.closest("label") ?? control;
    const { width, height } = target.getBoundingClientRect();
    if (width < 24 || height < 24) found.push(`target too small at ${describe(control)}`);
  }
  for (const element of all) {
    if ((element as HTMLElement).tabIndex > 0) found.push(`tab order at ${describe(element)}`);
    if (element.localName === "img" && !element.hasAttribute("alt")) found.push("image, no alt");
  }
  const seen = (selector: string) => all.filter((one) => one.matches(selector) && visible(one));
  if (seen("main").length !== 1) found.push(`${seen("main").length} main landmarks`);
  if (seen("h1").length !== 1) found.push(`${seen("h1").length} first headings`);
  if (!document.documentElement.lang) found.push("no language");
  if (document.title === "") found.push("no title");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
  return found;
}
