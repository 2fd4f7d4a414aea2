// One browser and one double for all steps: starting Chromium costs more than they do.
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { buildDesktop } from "../packaging/build_desktop.ts";
import { auditPage } from "../testing/audit_page.ts";
import { chromiumPath, DesktopBrowser } from "../testing/desktop_browser.ts";
import { DesktopDouble } from "../testing/desktop_double.ts";
import {
  agentView,
  assignmentView,
  desktopSnapshot,
  messageOf,
  offerView,
  sampleId,
} from "../testing/samples.ts";

const path = chromiumPath();
const ignore = path === null;
const here = (file: string) => new URL(`../${file}`, import.meta.url);
const CALL = sampleId(10);
const CHAT = sampleId(20);

async function withDesktop(
  entry: string,
  view: Parameters<typeof DesktopBrowser.open>[1],
  run: (browser: DesktopBrowser, double: DesktopDouble) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "antiphon-desktop-" });
  const out = new URL(`file://${folder}/dist/`);
  await buildDesktop(here(entry), out);
  const double = new DesktopDouble(out, desktopSnapshot());
  const browser = await DesktopBrowser.open(path ?? "", view);
  try {
    await run(browser, double);
  } finally {
    await browser.close();
    await double.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function signOn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByTestId("tenant").fill("northwind");
  await page.keyboard.press("Tab");
  await page.keyboard.type("maria");
  await page.keyboard.press("Tab");
  await page.keyboard.type("correct");
  await page.keyboard.press("Enter");
  await page.getByTestId("agent-state").waitFor();
}

const softphone = (page: Page, status: string) =>
  page.locator(`[data-testid=softphone-state][data-status=${status}]`).waitFor();
const connection = (page: Page, status: string) =>
  page.locator(`[data-testid=connection][data-status=${status}]`).waitFor();
const offerNow = (change = {}) => {
  const now = Date.now();
  return offerView({
    queuedAt: now - 45_000,
    offeredAt: now,
    expiresAt: now + 20_000,
    ...change,
  });
};

Deno.test({
  name: "desktop in a browser takes calls and messages",
  ignore,
  fn: (t) =>
    withDesktop("testing/main_with_tone.ts", {}, async ({ page, errors }, double) => {
      const clean = async () => deepStrictEqual(await auditPage(page), []);

      await t.step("refuses a wrong password and says so", async () => {
        await page.goto(`${double.url}?probe`);
        await page.getByTestId("sign-in").waitFor();
        await clean();
        await page.getByTestId("tenant").fill("northwind");
        await page.getByTestId("username").fill("maria");
        await page.getByTestId("sign-in").click();
        await page.getByText("Enter your password.").waitFor();
        await page.getByTestId("password").fill("wrong");
        await page.getByTestId("sign-in").click();
        match(await page.getByTestId("sign-in-error").innerText(), /not right/);
        await clean();
      });

      await t.step("signs on with the keyboard alone", async () => {
        await signOn(page, `${double.url}?probe`);
        await connection(page, "connected");
        await softphone(page, "ready");
        strictEqual(await page.getByTestId("agent-name").innerText(), "Maria Keller");
        await clean();
        const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
        ok(!kept.includes("token") && !kept.includes("correct"), kept);
      });

      await t.step("goes idle with a reason and available again", async () => {
        await page.getByTestId("idle-code").selectOption("lunch");
        await double.heard(1);
        double.tell({
          type: "agent.changed",
          agent: agentView({ state: "idle", idleCode: "lunch", since: Date.now() }),
        });
        await page.getByText("Idle · Lunch").waitFor();
        await page.getByTestId("state-available").click();
        await double.heard(2);
        double.tell({ type: "agent.changed", agent: agentView({ since: Date.now() }) });
        await page.locator("[data-testid=agent-state][data-state=available]").waitFor();
        deepStrictEqual(double.commands, [
          { type: "agent.set-state-idle", idleCode: "lunch" },
          { type: "agent.set-state", state: "available" },
        ]);
      });

      await t.step("shows, announces and accepts an offer by keyboard", async () => {
        double.tell({ type: "offer.made", offer: offerNow() });
        const offer = page.getByTestId("offer");
        await offer.waitFor();
        strictEqual(await offer.getAttribute("data-interaction-id"), CALL);
        strictEqual(await page.getByTestId("offer-contact").innerText(), "+49 699 002 00");
        match(await page.getByTestId("offer-queue").innerText(), /Sales/);
        match(await page.getByTestId("offer-wait").innerText(), /0:4[5-9]/);
        match(await page.title(), /Call from/);
        match(await page.getByTestId("urgent-announcer").innerText(), /Call from .* for Sales/);
        await clean();
        await page.keyboard.press("Alt+KeyA");
        await double.heard(3);
        const { offerId } = offerView();
        double.tell({ type: "offer.ended", offerId, interactionId: CALL, reason: "accepted" });
        double.tell({
          type: "assignment.changed",
          assignment: assignmentView({
            state: "connecting",
            connectedAt: null,
            variables: { customerNumber: "4471902" },
          }),
        });
        await page.locator("[data-testid=call-state][data-state=connecting]").waitFor();
        deepStrictEqual(double.commands.at(-1), { type: "offer.accept", offerId });
      });

      await t.step("joins the call, hears it and mutes", async () => {
        double.leg("leg-joined", CALL);
        double.tell({
          type: "assignment.changed",
          assignment: assignmentView({
            connectedAt: Date.now(),
            variables: { customerNumber: "4471902" },
          }),
        });
        await softphone(page, "in-call");
        await page.locator("[data-testid=call-state][data-state=connected]").waitFor();
        await page.getByText("Customer number").waitFor();
        await page.waitForFunction(() => {
          const probe = (globalThis as unknown as {
            antiphonProbe: { remoteAudioLevels(): { dominantHz: number; snrDb: number } | null };
          }).antiphonProbe;
          const levels = probe.remoteAudioLevels();
          return levels && Math.abs(levels.dominantHz - 440) < 3 && levels.snrDb > 20;
        });
        await page.getByTestId("mute").click();
        await page.getByText("You are muted").waitFor();
        strictEqual(await page.getByTestId("mute").getAttribute("aria-pressed"), "true");
        await page.keyboard.press("Alt+KeyM");
        await page.getByText("You are muted").waitFor({ state: "hidden" });
        await page.getByTestId("keypad").click();
        await page.getByTestId("digit-5").click();
        await clean();
        const names = await page.evaluate(() =>
          (globalThis as unknown as { antiphonProbe: { events(): { name: string }[] } })
            .antiphonProbe.events().map(({ name }) => name).sort()
        );
        deepStrictEqual(names, ["first-audio", "leg-joined", "offer-accepted", "offer-shown"]);
      });

      await t.step("hangs up and wraps up", async () => {
        await page.getByTestId("hang-up").click();
        await double.heard(4);
        double.leg("leg-left", CALL);
        double.tell({
          type: "assignment.changed",
          assignment: assignmentView({
            state: "wrap-up",
            wrapUpUntil: Date.now() + 30_000,
            endCause: "agent-hung-up",
          }),
        });
        await page.getByTestId("wrap-up").waitFor();
        await softphone(page, "ready");
        await page.waitForFunction(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          return active?.localName === "h1";
        });
        await clean();
        await page.getByTestId("wrap-up-submit").click();
        await page.getByText("Choose a wrap-up code first.").waitFor();
        await page.getByTestId("wrap-up-code-resolved").click();
        await page.getByTestId("wrap-up-submit").click();
        await double.heard(5);
        double.tell({ type: "assignment.removed", interactionId: CALL });
        await page.getByTestId("wrap-up").waitFor({ state: "hidden" });
        deepStrictEqual(double.commands.slice(-2), [
          { type: "interaction.end", interactionId: CALL },
          { type: "interaction.wrap-up", interactionId: CALL, code: "resolved" },
        ]);
        deepStrictEqual(
          double.softphoneMethods.filter((method) => method.endsWith("-producer")),
          ["resume-producer", "pause-producer"],
        );
      });

      await t.step("writes in a conversation, and tries again what was refused", async () => {
        const chat = assignmentView({
          interactionId: CHAT,
          channel: "whatsapp",
          contact: "4915112345678",
          connectedAt: Date.now(),
        });
        double.tell({ type: "assignment.changed", assignment: chat });
        double.tell({ type: "message.changed", message: messageOf({ at: Date.now() }) });
        await page.locator("[data-testid=message][data-direction=inbound]").waitFor();
        double.onCommand = () => ({ refuse: "The channel is closed." });
        await page.getByTestId("reply").fill("One");
        await page.getByTestId("reply").press("Shift+Enter");
        await page.keyboard.type("moment.");
        await page.keyboard.press("Enter");
        const mine = page.locator("[data-testid=message][data-direction=outbound]");
        await page.locator("[data-testid=message][data-status=failed]").waitFor();
        strictEqual(await page.getByTestId("reply").inputValue(), "");
        await clean();
        double.onCommand = () => {};
        await page.getByTestId("retry").click();
        await double.heard(7);
        await page.locator("[data-testid=message][data-status=pending]").waitFor();
        const [first, again] = double.commands.slice(-2);
        deepStrictEqual(first, again);
        ok(first?.type === "message.send" && first.text === "One\nmoment.");
        const { messageId: id, text } = first;
        const message = messageOf({
          id,
          text,
          direction: "outbound",
          author: "agent",
          at: Date.now(),
        });
        double.tell({ type: "message.changed", message: { ...message, status: "sent" } });
        double.tell({ type: "message.changed", message: { ...message, status: "read" } });
        await page.locator("[data-testid=message][data-status=read]").waitFor();
        strictEqual(await mine.count(), 1);
        strictEqual(await mine.getAttribute("data-id"), id);
      });

      await t.step("resumes after a cut and sends what was asked meanwhile", async () => {
        double.cut();
        await connection(page, "reconnecting");
        await page.getByTestId("end").click();
        double.tell({ type: "agent.changed", agent: agentView({ name: "Maria K." }) });
        double.restore();
        await connection(page, "connected");
        await page.getByText("Maria K.").waitFor();
        strictEqual(double.hellos.at(-1)?.session !== null, true);
        await double.heard(8);
        deepStrictEqual(double.commands.at(-1), { type: "interaction.end", interactionId: CHAT });
      });

      await t.step("says that an offer was missed and goes available", async () => {
        double.tell({ type: "agent.changed", agent: agentView({ state: "rona" }) });
        await page.locator("[data-testid=agent-state][data-state=rona]").waitFor();
        await clean();
        await page.getByTestId("banner-action-rona").click();
        await double.heard(9);
        deepStrictEqual(double.commands.at(-1), { type: "agent.set-state", state: "available" });
        double.say({ type: "cluster", reachable: false });
        await page.locator("[data-testid=connection][data-cluster=unreachable]").waitFor();
      });

      await t.step("comes back after a reload, and signs out", async () => {
        await page.reload();
        await page.getByTestId("agent-state").waitFor();
        await page.getByTestId("sign-out").click();
        await page.getByTestId("sign-in").waitFor();
        deepStrictEqual(double.commands.at(-1), { type: "agent.sign-out" });
        await page.reload();
        await page.getByTestId("sign-in").waitFor();
      });

      const unexpected = errors.filter((text) => !/401|503|ERR_CONNECTION/.test(text));
      deepStrictEqual(unexpected, []);
    }),
});

Deno.test({
  name: "desktop in a browser shows what is due, what may be changed and whom to call",
  ignore,
  fn: (t) =>
    withDesktop("main.ts", { microphone: false }, async ({ page }, double) => {
      const clean = async () => deepStrictEqual(await auditPage(page), []);
      await signOn(page, double.url);

      await t.step("leaves out what cannot be declined", async () => {
        double.tell({ type: "offer.made", offer: offerNow({ declinable: false }) });
        await page.getByTestId("accept").waitFor();
        strictEqual(await page.getByTestId("decline").count(), 0);
        await page.keyboard.press("Alt+KeyR");
        await clean();
      });

      await t.step("counts down to what is due, and gives a silent contact more time", async () => {
        const now = Date.now();
        double.tell({
          type: "assignment.changed",
          assignment: assignmentView({
            interactionId: CHAT,
            channel: "whatsapp",
            contact: "4915112345678",
            connectedAt: now,
            responseDue: now + 45_000,
            contactIdleAt: now + 300_000,
            serviceLevel: { firstResponseDue: now - 5000, resolutionDue: now + 7_200_000 },
            variables: { tier: "gold", orderNumber: "17" },
            editable: ["tier"],
          }),
        });
        await page.getByTestId("assignment").click();
        match(await page.getByTestId("due-response").innerText(), /Reply due in 0:4/);
        match(await page.getByTestId("due-first-response").innerText(), /late by 0:0/);
        await clean();
        await page.getByTestId("extend").click();
        await double.heard(1);
        deepStrictEqual(double.commands, [
          { type: "interaction.extend-contact-idle", interactionId: CHAT },
        ]);
      });

      await t.step("changes a variable that is the agent's to change", async () => {
        await page.getByTestId("variable-tier").fill("platinum");
        await page.getByTestId("variable-tier").press("Enter");
        await double.heard(2);
        deepStrictEqual(double.commands[1], {
          type: "interaction.set-variable",
          interactionId: CHAT,
          variable: "tier",
          value: "platinum",
        });
      });

      await t.step("offers the page that a flow shows, in a tab of its own", async () => {
        const popped = (url: string) =>
          double.tell({
            type: "assignment.changed",
            assignment: assignmentView({
              ...{ interactionId: CHAT, channel: "whatsapp", contact: "4915112345678" },
              screenPop: { url, title: "Customer 4711" },
            }),
          });
        popped("https://crm.example/customers/4711?from=%2B49");
        const link = page.getByTestId("screen-pop");
        await link.waitFor();
        match(await link.innerText(), /Customer 4711\s+crm\.example/);
        const attribute = (name: string) => link.getAttribute(name);
        strictEqual(await attribute("href"), "https://crm.example/customers/4711?from=%2B49");
        deepStrictEqual([await attribute("target"), await attribute("rel")], [
          "_blank",
          "noopener noreferrer",
        ]);
        await clean();
        popped("javascript:alert(1)");
        await link.waitFor({ state: "detached" });
      });

      await t.step("shows a number to call where there is no call", async () => {
        double.tell({ type: "assignment.removed", interactionId: CHAT });
        double.tell({
          type: "assignment.changed",
          assignment: assignmentView({ virtual: "callback", connectedAt: Date.now() }),
        });
        strictEqual(
          await page.getByTestId("call-number").getAttribute("href"),
          "tel:+4969900200",
        );
        strictEqual(await page.getByTestId("mute").count(), 0);
        await clean();
        await page.getByTestId("end").click();
        await double.heard(3);
      });
    }),
});

Deno.test({
  name: "desktop in a narrow dark browser says that the microphone is refused",
  ignore,
  fn: () =>
    withDesktop("main.ts", { microphone: false, width: 390, height: 844, dark: true }, async (
      { page, errors },
      double,
    ) => {
      await signOn(page, double.url);
      await softphone(page, "refused");
      await page.getByTestId("banner").getByText("does not allow the microphone").waitFor();
      deepStrictEqual(await auditPage(page), []);
      double.tell({ type: "offer.made", offer: offerNow({ channel: "whatsapp" }) });
      await page.getByTestId("accept").waitFor();
      deepStrictEqual(await auditPage(page), []);
      const chat = assignmentView({ channel: "whatsapp", connectedAt: Date.now() });
      double.tell({ type: "assignment.changed", assignment: chat });
      await page.getByTestId("reply").waitFor();
      deepStrictEqual(await auditPage(page), []);
      await page.getByLabel("Back to your interactions").click();
      await page.getByTestId("assignment").waitFor();
      strictEqual(await page.evaluate(() => "antiphonProbe" in globalThis), false);
      deepStrictEqual(errors.filter((text) => !/401/.test(text)), []);
    }),
});
