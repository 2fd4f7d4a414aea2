import { css, html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Intent } from "../shell/intent.ts";
import { shortcut } from "../shell/shortcut.ts";
import { banners } from "../state/banners.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { documentTitle } from "../state/document_title.ts";
import { localTimes } from "../state/local_times.ts";
import type { Store } from "../state/store.ts";
import "./banner_list.ts";
import { baseStyles } from "./base_styles.ts";
import "./empty_panel.ts";
import "./inbox_list.ts";
import "./message_panel.ts";
import "./notice_stack.ts";
import type { OfferCard } from "./offer_card.ts";
import "./offer_card.ts";
import type { ShortcutHelp } from "./shortcut_help.ts";
import "./shortcut_help.ts";
import "./sign_in_page.ts";
import "./voice_panel.ts";
import "./workspace_header.ts";
import { workspaceStyles } from "./workspace_styles.ts";

/** What an {@linkcode AntiphonDesktop} needs of its surroundings. */
export interface DesktopParts {
  store: Store;
  handle: (intent: Intent) => void;
  ring: (on: boolean) => void;
  /** Called when an offer is on the screen. */
  onOfferShown: (interactionId: string) => void;
  preferences: {
    tenant: string;
    ringing: boolean;
    remember: (change: { tenant?: string; ringing?: boolean }) => void;
  };
}

/** `<antiphon-desktop>`: the whole desktop; draws the state and hears what the agent wants. */
export class AntiphonDesktop extends LitElement {
  static override properties = { _state: { state: true }, _ringing: { state: true } };
  static override styles = [
    baseStyles,
    workspaceStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];
  declare _state: DesktopState;
  declare _ringing: boolean;
  #parts: DesktopParts;
  #leave: (() => void) | null = null;
  #shown = new Set<string>();
  #view = "";

  constructor(parts: DesktopParts) {
    super();
    this.#parts = parts;
    this._state = parts.store.state;
    this._ringing = parts.preferences.ringing;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leave = this.#parts.store.subscribe((state) => this._state = state);
    this.addEventListener("intent", this.#hear as EventListener);
    globalThis.addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
    this.removeEventListener("intent", this.#hear as EventListener);
    globalThis.removeEventListener("keydown", this.#key);
  }

  override render() {
    const state = localTimes(this._state);
    return html`
      ${state.phase === "signed-in" ? this.#workspace(state) : this.#signIn(state)}
      <div class="said" aria-live="polite" data-testid="announcer">
        ${state.announcement.urgent ? "" : state.announcement.text}
      </div>
      <div class="said" aria-live="assertive" data-testid="urgent-announcer">
        ${state.announcement.urgent ? state.announcement.text : ""}
      </div>
    `;
  }

  protected override updated(): void {
    const { offers, phase, session } = this._state;
    const ringing = phase === "signed-in" && session.status === "connected" && offers.length > 0;
    document.title = documentTitle(this._state);
    this.#parts.ring(this._ringing && ringing);
    const now = new Set(offers.map(({ interactionId }) => interactionId));
    const fresh = [...now].filter((id) => !this.#shown.has(id));
    const gone = [...this.#shown].some((id) => !now.has(id));
    const view = viewOf(this._state);
    const moved = view !== this.#view;
    this.#shown = now;
    this.#view = view;
    if (fresh.length > 0) void this.#afterShown(fresh);
    else if (phase === "signed-in" && (gone || moved)) void this.#rescueFocus();
  }

  #signIn(state: DesktopState) {
    if (state.phase === "starting") {
      return html`
        <main class="starting">
          <p role="status">Opening the desktop…</p>
        </main>
      `;
    }
    return html`
      <sign-in-page
        .message=${state.signOnMessage}
        .waiting=${state.phase === "signing-in"}
        .tenant=${this.#parts.preferences.tenant}
      ></sign-in-page>
    `;
  }

  #workspace(state: DesktopState) {
    const shown = state.assignments.find((one) => one.interactionId === state.selected);
    const view = shown ? "interaction" : "inbox";
    return html`
      <div class="workspace" data-view=${view}>
        <div class="top">
          <header>
            <workspace-header
              .desktop=${state}
              .ringing=${this._ringing}
              @toggle-ring=${this.#toggleRing}
              @show-help=${this.#showHelp}
            ></workspace-header>
          </header>
          <section
            aria-label="Notices"
            ?hidden=${banners(state).length + state.notices.length === 0}
          >
            <banner-list .banners=${banners(state)} .busy=${Boolean(
              state.busy.agent,
            )}></banner-list>
            <notice-stack .notices=${state.notices}></notice-stack>
          </section>
        </div>
        <nav aria-label="Offers and interactions">
          <section class="offers" aria-label="Offers" ?hidden=${state.offers.length === 0}>
            ${repeat(state.offers, ({ offerId }) => offerId, (offer) =>
              html`
                <offer-card
                  .offer=${offer}
                  .busy=${Boolean(state.busy[offer.offerId])}
                ></offer-card>
              `)}
          </section>
          <inbox-list .desktop=${state}></inbox-list>
        </nav>
        <main>
          ${shown === undefined
            ? html`<empty-panel .desktop=${state}></empty-panel>`
            : shown.channel === "voice"
            ? html`<voice-panel .desktop=${state} .assignment=${shown}></voice-panel>`
            : html`<message-panel .desktop=${state} .assignment=${shown}></message-panel>`}
        </main>
      </div>
      <shortcut-help></shortcut-help>
    `;
  }

  #hear = (event: CustomEvent<Intent>): void => {
    const intent = event.detail;
    if (intent.type === "sign-on") {
      this.#parts.preferences.remember({ tenant: intent.request.tenant });
    }
    this.#parts.handle(intent);
  };

  #key = (event: KeyboardEvent): void => {
    if (this._state.phase !== "signed-in") return;
    const typing = event.composedPath()[0] instanceof HTMLTextAreaElement;
    const intent = shortcut(this._state, event, typing);
    if (!intent) return;
    event.preventDefault();
    if (!event.repeat) this.#parts.handle(intent);
  };

  #toggleRing = (): void => {
    this._ringing = !this._ringing;
    this.#parts.preferences.remember({ ringing: this._ringing });
  };

  #showHelp = (): void => {
    this.renderRoot.querySelector<ShortcutHelp>("shortcut-help")?.open();
  };

  /** The first offer takes the focus when nothing else has it; typing is never interrupted. */
  async #afterShown(interactionIds: string[]): Promise<void> {
    const cards = [...this.renderRoot.querySelectorAll<OfferCard>("offer-card")];
    await Promise.all(cards.map((card) => card.updateComplete));
    if (!hasFocus()) cards[0]?.focus();
    requestAnimationFrame(() => interactionIds.forEach(this.#parts.onOfferShown));
  }

  /** When what had the focus left, the focus goes to what is shown. */
  async #rescueFocus(): Promise<void> {
    await this.updateComplete;
    if (hasFocus()) return;
    const panel = this.renderRoot.querySelector<LitElement>("main > *");
    await panel?.updateComplete;
    const header = panel?.renderRoot.querySelector<LitElement>("interaction-header");
    await header?.updateComplete;
    (header ?? panel)?.renderRoot.querySelector("h1")?.focus();
  }
}

/** What the middle shows, in a word that changes with it. */
function viewOf({ phase, selected, assignments }: DesktopState): string {
  const shown = assignments.find(({ interactionId }) => interactionId === selected);
  return `${phase} ${shown?.interactionId} ${shown?.state}`;
}

/** Whether something the agent can use has the focus. */
function hasFocus(): boolean {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active !== null && active !== document.body && active.localName !== "h1" &&
    !(active instanceof AntiphonDesktop);
}

customElements.define("antiphon-desktop", AntiphonDesktop);
