import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import { callbackText } from "../format/callback_text.ts";
import { telephoneNumber } from "../format/telephone_number.ts";
import { contactLabel } from "../state/contact_label.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { threadOf } from "../state/thread_of.ts";
import { baseStyles } from "./base_styles.ts";
import "./dial_pad.ts";
import { icon } from "./icon.ts";
import "./interaction_facts.ts";
import "./interaction_header.ts";
import "./live_timer.ts";
import "./message_bubble.ts";
import { say } from "./say.ts";
import "./wrap_up_panel.ts";

/** Why an agent has someone without a call. */
const WHY = {
  callback: "Asked to be called back",
  outbound: "On your list to call",
  voicemail: "Has left a message",
};

/** `<voice-panel>`: the call that is shown, with its controls, then its wrap-up. */
export class VoicePanel extends LitElement {
  static override properties = {
    desktop: { attribute: false },
    assignment: { attribute: false },
    _pad: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        grid-template-rows: auto 1fr;
        min-height: 0;
      }
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 300px;
        min-height: 0;
        overflow: auto;
      }
      .stage {
        display: grid;
        align-content: center;
        justify-items: center;
        gap: 8px;
        padding: 32px 24px;
      }
      .face {
        position: relative;
        display: grid;
        place-items: center;
        width: 104px;
        height: 104px;
        margin-bottom: 12px;
        border-radius: 50%;
        background: var(--accent-soft);
        color: var(--accent);
      }
      .face.live {
        background: var(--good-soft);
        color: var(--good-text);
      }
      .face.live::after {
        content: "";
        position: absolute;
        inset: 0;
        border: 2px solid var(--good);
        border-radius: 50%;
        animation: breathe 2.4s ease-out infinite;
      }
      @keyframes breathe {
        from {
          opacity: 0.7;
        }
        to {
          opacity: 0;
          transform: scale(1.25);
        }
      }
      .name {
        font-size: 26px;
        font-weight: 700;
        letter-spacing: -0.02em;
        text-align: center;
        overflow-wrap: anywhere;
      }
      .time {
        color: var(--muted);
        font-size: 20px;
      }
      .why {
        color: var(--muted);
        font-size: 14px;
      }
      .muted {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 3px 12px;
        border-radius: 999px;
        background: var(--warn-soft);
        color: var(--warn-text);
        font-size: 14px;
        font-weight: 600;
      }
      .does {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 12px;
        margin-top: 20px;
      }
      .controls {
        display: flex;
        gap: 28px;
        margin: 24px 0 8px;
      }
      .control {
        display: grid;
        justify-items: center;
        gap: 6px;
        min-width: 72px;
        padding: 0;
        border: 0;
        border-radius: 14px;
        background: none;
        font-size: 14px;
        font-weight: 500;
        cursor: pointer;
      }
      .control span {
        display: grid;
        place-items: center;
        width: 60px;
        height: 60px;
        border: 1px solid var(--line-strong);
        border-radius: 50%;
        background: var(--surface);
        transition: background-color 0.12s;
      }
      .control:hover span {
        background: var(--hover);
      }
      .control[aria-pressed="true"] span,
      .control[aria-expanded="true"] span {
        border-color: transparent;
        background: var(--text);
        color: var(--surface);
      }
      .control.end span {
        border-color: transparent;
        background: var(--bad-fill);
        color: var(--on-fill);
      }
      .control.end:hover span {
        background: var(--bad-fill-strong);
      }
      .control:disabled {
        opacity: 0.45;
        cursor: default;
      }
      aside {
        padding: 24px;
        border-left: 1px solid var(--line);
        background: var(--surface);
      }
      .transcript {
        margin-top: 24px;
      }
      .transcript h3 {
        margin-bottom: 8px;
        font-size: 15px;
      }
      .transcript ol {
        display: grid;
        gap: 8px;
        padding: 0;
        list-style: none;
      }
      @media (max-width: 1100px) {
        .body {
          grid-template-columns: minmax(0, 1fr);
          align-content: start;
        }
        aside {
          border-top: 1px solid var(--line);
          border-left: 0;
        }
        .controls {
          gap: 20px;
        }
      }
      @media (max-width: 720px) {
        .stage {
          padding: 24px 16px;
        }
        aside {
          padding: 20px 16px 28px;
        }
      }
    `,
  ];
  declare desktop: DesktopState;
  declare assignment: AssignmentView;
  declare _pad: boolean;

  constructor() {
    super();
    this._pad = false;
  }

  override render() {
    const { assignment, desktop } = this;
    const busy = Boolean(desktop.busy[assignment.interactionId]);
    return html`
      <interaction-header .assignment=${assignment}></interaction-header>
      <div class="body">
        <div class="stage">
          ${assignment.state === "wrap-up"
            ? html`
              <wrap-up-panel
                .assignment=${assignment}
                .codes=${desktop.wrapUpCodes}
                .busy=${busy}
              ></wrap-up-panel>
            `
            : assignment.virtual === null || assignment.state === "calling"
            ? this.#call(busy)
            : this.#virtual(busy)}
        </div>
        <aside aria-label="Details">
          <interaction-facts .assignment=${assignment} .busy=${busy}></interaction-facts>
          ${this.#transcript()}
        </aside>
      </div>
    `;
  }

  /** What was said with a bot before the call came here. */
  #transcript() {
    const entries = threadOf(this.desktop, this.assignment.interactionId);
    if (entries.length === 0) return nothing;
    return html`
      <section class="transcript" data-testid="transcript" aria-label="Said with the bot">
        <h3>Said with the bot</h3>
        <ol>
          ${repeat(
            entries,
            ({ id }) => id,
            (entry) =>
              html`
                <li>
                  <message-bubble .entry=${entry}></message-bubble>
                </li>
              `,
          )}
        </ol>
      </section>
    `;
  }

  /** Someone to be called: there is no audio here, but a number to call. */
  #virtual(busy: boolean) {
    const { interactionId, contact, virtual } = this.assignment;
    return html`
      <div class="face">${icon("phone", 44)}</div>
      <p class="name numeric" data-testid="call-contact">${contactLabel(this.assignment)}</p>
      <p class="time">
        ${WHY[virtual ?? "outbound"]}
      </p>
      <div class="does">
        <a class="button primary" data-testid="call-number" href="tel:${contact}">
          ${icon("phone")} Call ${telephoneNumber(contact)}
        </a>
        <button
          class="button"
          data-testid="end"
          aria-keyshortcuts="Alt+H"
          title="Done (Alt+H)"
          ?disabled=${busy}
          @click=${() => say(this, { type: "end", interactionId })}
        >${icon("check")} Done</button>
      </div>
    `;
  }

  #call(busy: boolean) {
    const { assignment, desktop } = this;
    const { status, muted } = desktop.softphone;
    const live = assignment.state === "connected";
    const inCall = status === "in-call";
    return html`
      <div class="face ${live ? "live" : ""}">${icon("phone", 44)}</div>
      <p class="name numeric" data-testid="call-contact">${contactLabel(assignment)}</p>
      <p class="time" data-testid="call-duration">
        ${live && assignment.connectedAt !== null
          ? html`<live-timer .from=${assignment.connectedAt} label="Duration"></live-timer>`
          : assignment.state === "calling"
          ? "Calling customer…"
          : "Connecting…"}
      </p>
      ${assignment.callback
        ? html`<p class="why" data-testid="callback">${callbackText(assignment.callback)}</p>`
        : nothing}
      ${live && !inCall
        ? html`<p class="muted" data-testid="no-audio">${icon("alert", 16)} No audio yet</p>`
        : nothing}
      ${muted && inCall ? html`<p class="muted">${icon("mic-off", 16)} You are muted</p>` : nothing}
      <div class="controls" role="group" aria-label="Call">
        <button
          class="control"
          data-testid="mute"
          aria-pressed=${muted}
          aria-label="Mute"
          aria-keyshortcuts="Alt+M"
          title="${muted ? "Unmute" : "Mute"} (Alt+M)"
          ?disabled=${!inCall}
          @click=${() => say(this, { type: "toggle-mute" })}
        ><span>${icon(muted ? "mic-off" : "mic", 26)}</span>${muted ? "Muted" : "Mute"}</button>
        <button
          class="control"
          data-testid="keypad"
          aria-expanded=${this._pad}
          ?disabled=${!inCall}
          @click=${() => this._pad = !this._pad}
        ><span>${icon("keypad", 26)}</span>Keypad</button>
        <button
          class="control end"
          data-testid="hang-up"
          aria-keyshortcuts="Alt+H"
          title="Hang up (Alt+H)"
          ?disabled=${busy}
          @click=${() => say(this, { type: "end", interactionId: assignment.interactionId })}
        ><span>${icon("hang-up", 26)}</span>Hang up</button>
      </div>
      ${this._pad && inCall ? html`<dial-pad></dial-pad>` : nothing}
    `;
  }
}

customElements.define("voice-panel", VoicePanel);
