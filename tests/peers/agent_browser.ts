import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { writeToneWav } from "../audio/wav.ts";
import { until } from "./until.ts";

/** What the desktop's probe finds in the audio it plays. */
export interface HeardTone {
  hz: number;
  snrDb: number;
}

/** An agent: the desktop in a real Chromium whose microphone says a 1 kHz tone. */
export class AgentBrowser implements AsyncDisposable {
  private constructor(
    readonly browser: Browser,
    readonly page: Page,
    readonly folder: string,
  ) {}

  /**
   * @param microphone false: the person refuses it to the page.
   * @param trusted Whether a page that came without TLS may use the microphone as if it had.
   */
  static async start(url: string, microphone = true, trusted = false): Promise<AgentBrowser> {
    const folder = await Deno.makeTempDir({ prefix: "agent-" });
    const tone = join(folder, "1khz.wav");
    await writeToneWav(tone, 1000, 10, 48_000);
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      headless: true,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        ...(microphone ? ["--use-fake-ui-for-media-stream"] : []),
        ...(trusted ? [`--unsafely-treat-insecure-origin-as-secure=${url}`] : []),
        "--use-fake-device-for-media-stream",
        `--use-file-for-fake-audio-capture=${tone}`,
        "--allow-loopback-in-peer-connection",
        "--autoplay-policy=no-user-gesture-required",
      ],
    });
    const context = await browser.newContext({
      permissions: microphone ? ["microphone"] : [],
      viewport: { width: 1280, height: 800 },
    });
    const page = await context.newPage();
    await page.goto(`${url}/?probe`);
    return new AgentBrowser(browser, page, folder);
  }

  /** An element by its `data-testid`. */
  at(testId: string): Locator {
    return this.page.getByTestId(testId).first();
  }

  async signIn(tenant: string, username: string, password: string): Promise<void> {
    await this.at("tenant").fill(tenant);
    await this.at("username").fill(username);
    await this.at("password").fill(password);
    await this.at("sign-in").click();
    await this.at("agent-state").waitFor({ timeout: 20_000 });
  }

  /** Waits until the softphone is in a state ("ready", "refused"). */
  async phoneIs(state: string): Promise<void> {
    await until(`the softphone to be ${state}`, async () => {
      return await this.at("softphone-state").getAttribute("data-status") === state;
    }, 20_000);
  }

  async goAvailable(): Promise<void> {
    await this.at("state-available").click();
    await this.inState("available");
  }

  async inState(state: string, timeoutMs = 15_000): Promise<void> {
    await until(
      `the agent to be ${state}`,
      async () => await this.at("agent-state").getAttribute("data-state") === state,
      timeoutMs,
    );
  }

  /** Waits for an offer and gives what the card shows. */
  async offer(timeoutMs = 15_000): Promise<{ contact: string; queue: string; wait: string }> {
    await this.at("offer").waitFor({ timeout: timeoutMs });
    const text = async (id: string) => (await this.at(id).textContent() ?? "").trim();
    return {
      contact: await text("offer-contact"),
      queue: await text("offer-queue"),
      wait: await text("offer-wait"),
    };
  }

  async wrapUp(code: string): Promise<void> {
    await this.at("wrap-up").waitFor();
    await this.at(`wrap-up-code-${code}`).click();
    await this.at("wrap-up-submit").click();
    await this.at("wrap-up").waitFor({ state: "detached" });
  }

  /** The tone in the audio that the page plays now. */
  async heard(): Promise<HeardTone> {
    return await this.page.evaluate(() => {
      type Probe = { remoteAudioLevels(): { dominantHz: number; snrDb: number } | null };
      const { antiphonProbe } = globalThis as unknown as { antiphonProbe: Probe };
      const levels = antiphonProbe.remoteAudioLevels();
      return { hz: levels?.dominantHz ?? 0, snrDb: levels?.snrDb ?? -100 };
    });
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await Deno.remove(this.folder, { recursive: true });
  }
}
