import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where a Chromium is on this machine: `CHROMIUM_PATH`, or a usual place; null when there is none. */
export function chromiumPath(): string | null {
  const named = Deno.env.get("CHROMIUM_PATH");
  for (const path of named ? [named] : PATHS) {
    try {
      if (Deno.statSync(path).isFile) return path;
    } catch {
      continue;
    }
  }
  return null;
}

/** A headless Chromium with a microphone that hums; `microphone` false makes it refuse. */
export class DesktopBrowser {
  #browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors the page threw or the console showed. */
  readonly errors: string[] = [];

  private constructor(browser: Browser, context: BrowserContext, page: Page) {
    this.#browser = browser;
    this.context = context;
    this.page = page;
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  /** Starts it. `view` sets size and colours. */
  static async open(
    path: string,
    options: { microphone?: boolean; width?: number; height?: number; dark?: boolean } = {},
  ): Promise<DesktopBrowser> {
    const browser = await chromium.launch({
      executablePath: path,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--use-fake-device-for-media-stream",
        ...(options.microphone === false ? [] : ["--use-fake-ui-for-media-stream"]),
      ],
    });
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
      colorScheme: options.dark ? "dark" : "light",
      permissions: options.microphone === false ? [] : ["microphone"],
      locale: "en-GB",
    });
    context.setDefaultTimeout(10_000);
    return new DesktopBrowser(browser, context, await context.newPage());
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
