import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { DesktopController } from "../desktop_controller.ts";
import { contactLabel } from "../format/contact_label.ts";
import type { SignOnRequest } from "../../../protocol/sign_on/sign_on.ts";
import { controls } from "../styles/controls.ts";
import "./alert_bar.ts";
import "./call_panel.ts";
import "./desktop_header.ts";
import "./empty_state.ts";
import "./inbox_list.ts";
import "./message_thread.ts";
import "./offer_card.ts";
import "./sign_in_form.ts";
import "./wrap_up_panel.ts";

/** The agent desktop: the shell that places everything. */
export class AntiphonDesktop extends LitElement {
  static override properties = { now: { state: true } };
  declare now: number;
  readonly #controller = new DesktopController();
  #clock: ReturnType<typeof setInterval> | undefined;

  static override styles = [
    controls,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .shell {
        display: grid;
        grid-template-rows: auto 1fr;
        height: 100vh;
        height: 100dvh;
      }
      .columns {
        display: grid;
        grid-template-columns: 320px 1fr;
        gap: 16px;
        padding: 16px;
        min-height: 0;
      }
      aside,
      .middle {
        min-height: 0;
        overflow-y: auto;
      }
      .main {
        display: grid;
        grid-template-rows: auto 1fr;
        min-height: 0;
      }
      .top > offer-card {
        display: block;
        margin-bottom: 12px;
      }
      .middle {
        background: var(--surface);
        border: 1px solid var(--line);
        border-radius: 16px;
        box-shadow: var(--shadow);
        min-height: 320px;
      }
      @media (max-width: 900px) {
        .columns {
          grid-template-columns: 1fr;
          grid-template-rows: auto 1fr;
          overflow-y: auto;
          padding: 12px;
        }
        aside {
          order: 2;
          overflow: visible;
        }
        .main {
          order: 1;
          grid-template-rows: auto minmax(340px, 1fr);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.now = Date.now();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#controller.addEventListener("change", () => {
      this.now = Date.now();
      this.requestUpdate();
      this.#title();
    });
    this.#clock = setInterval(() => this.now = Date.now(), 500);
    this.#controller.resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  override render() {
    const controller = this.#controller;
    const { state } = controller;
    if (state.phase === "starting") return nothing;
    if (state.phase === "signed-out") {
      return html`
        <sign-in-form .notice=${state.notice} ?busy=${state.busy}
          @sign-in-requested=${(event: CustomEvent<SignOnRequest>) =>
            controller.signIn(event.detail)}></sign-in-form>
      `;
    }
    return html`
      <div class="shell">
        <desktop-header .controller=${controller} .state=${state} .now=${this.now}></desktop-header>
        <div class="columns">
          <aside>
            <inbox-list .controller=${controller} .state=${state} .now=${this.now}></inbox-list>
          </aside>
          <main class="main">
            <div class="top" aria-live="assertive">
              <alert-bar .controller=${controller} .state=${state}></alert-bar>
              ${repeat(
                state.offers,
                (offer) => offer.offerId,
                (offer) =>
                  html`<offer-card .controller=${controller} .offer=${offer} .now=${this.now}></offer-card>`,
              )}
            </div>
            <div class="middle">${this.#middle()}</div>
          </main>
        </div>
      </div>
    `;
  }

  #middle() {
    const controller = this.#controller;
    const { state } = controller;
    const it = state.assignments.find((a) => a.interactionId === state.selected);
    if (!it) return html`<empty-state .state=${state}></empty-state>`;
    if (it.state === "wrap-up") {
      return html`
        <wrap-up-panel .controller=${controller} .assignment=${it}
          .codes=${state.wrapUpCodes} .now=${this.now}></wrap-up-panel>
      `;
    }
    if (it.channel === "voice") {
      return html`
        <call-panel .controller=${controller} .call=${it} ?muted=${state.muted}
          .now=${this.now}></call-panel>
      `;
    }
    return html`
      <message-thread .controller=${controller} .conversation=${it}
        .messages=${state.messages.filter((m) =>
          m.interactionId === it.interactionId
        )}></message-thread>
    `;
  }

  /** The tab tells of an offer too. */
  #title(): void {
    const [offer] = this.#controller.state.offers;
    document.title = offer
      ? `● ${offer.contactName ?? contactLabel(offer.contact)}`
      : "Antiphon desktop";
  }
}
customElements.define("antiphon-desktop", AntiphonDesktop);
