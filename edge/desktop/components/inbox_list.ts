import { css, html, LitElement } from "lit";
import type { DesktopController } from "../desktop_controller.ts";
import { contactLabel } from "../format/contact_label.ts";
import { duration } from "../format/duration.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { controls } from "../styles/controls.ts";
import { icon } from "./icon.ts";

const STATES = { connecting: "Connecting", connected: "Connected", "wrap-up": "Wrap-up" } as const;

/** The agent's interactions, calls and conversations together. */
export class InboxList extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    now: { attribute: false },
  };
  declare controller: DesktopController;
  declare state: DesktopState;
  declare now: number;

  static override styles = [
    controls,
    css`
      h2 {
        font-size: 13px;
        font-weight: 700;
        color: var(--ink-2);
        padding: 4px 6px 10px;
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 8px;
      }
      button {
        width: 100%;
        display: grid;
        grid-template-columns: 36px 1fr auto;
        gap: 12px;
        justify-content: start;
        text-align: start;
        padding: 12px;
        min-height: 64px;
        border-radius: var(--radius);
        font-weight: 500;
      }
      button[aria-current="true"] {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      .mark {
        width: 36px;
        height: 36px;
        border-radius: 10px;
        display: grid;
        place-items: center;
        background: var(--surface-2);
        color: var(--accent);
      }
      .who {
        min-width: 0;
      }
      .who strong {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .who span {
        font-size: 13px;
      }
      .time {
        font-size: 13px;
      }
      p {
        padding: 6px;
        font-size: 14px;
      }
    `,
  ];

  override render() {
    const { assignments, selected } = this.state;
    return html`
      <nav aria-label="Your interactions">
        <h2>Your interactions</h2>
        ${assignments.length === 0
          ? html`<p class="muted">Calls and conversations that you accept stand here.</p>`
          : html`<ul>${
            assignments.map((it) =>
              html`<li><button data-testid="assignment" data-interaction-id=${it.interactionId}
                data-state=${it.state} aria-current=${it.interactionId === selected}
                @click=${() => this.controller.select(it.interactionId)}>
                <span class="mark">${icon(it.channel === "voice" ? "phone" : "message")}</span>
                <span class="who">
                  <strong>${it.contactName ?? contactLabel(it.contact)}</strong>
                  <span class="muted">${it.queue?.name ?? "Direct"} · ${STATES[it.state]}</span>
                </span>
                <span class="time numbers muted">${
                it.state === "wrap-up" && it.wrapUpUntil
                  ? duration(it.wrapUpUntil - this.now)
                  : it.connectedAt
                  ? duration(this.now - it.connectedAt)
                  : ""
              }</span>
              </button></li>`
            )
          }</ul>`}
      </nav>
    `;
  }
}
customElements.define("inbox-list", InboxList);
