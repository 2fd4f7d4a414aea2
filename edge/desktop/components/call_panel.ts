import { css, html, LitElement } from "lit";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import type { DesktopController } from "../desktop_controller.ts";
import { contactLabel } from "../format/contact_label.ts";
import { duration } from "../format/duration.ts";
import { controls } from "../styles/controls.ts";
import { icon } from "./icon.ts";

/** A call: who, how long, what the flow collected, and its controls. */
export class CallPanel extends LitElement {
  static override properties = {
    controller: { attribute: false },
    call: { attribute: false },
    muted: { type: Boolean },
    now: { attribute: false },
  };
  declare controller: DesktopController;
  declare call: AssignmentView;
  declare muted: boolean;
  declare now: number;

  static override styles = [
    controls,
    css`
      section {
        display: grid;
        gap: 24px;
        padding: 28px;
      }
      .who {
        display: flex;
        gap: 18px;
        align-items: center;
      }
      .mark {
        width: 64px;
        height: 64px;
        border-radius: 20px;
        display: grid;
        place-items: center;
        background: var(--accent-soft);
        color: var(--accent);
        flex: none;
      }
      .mark svg {
        width: 28px;
        height: 28px;
      }
      h1 {
        font-size: 26px;
        line-height: 1.2;
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        gap: 12px;
        margin: 0;
      }
      dl div {
        padding: 12px 14px;
        border-radius: var(--radius);
        background: var(--surface-2);
      }
      dt {
        font-size: 13px;
        color: var(--ink-2);
      }
      dd {
        margin: 2px 0 0;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .controls {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
      }
      .controls button {
        min-height: 48px;
        min-width: 132px;
      }
      button[aria-pressed="true"] {
        background: var(--warn-soft);
        color: var(--warn);
        border-color: currentColor;
      }
    `,
  ];

  override render() {
    const { call, now, muted } = this;
    const connected = call.state === "connected";
    const details = Object.entries(call.variables)
      .filter(([name]) => name !== "callerNumber" && name !== "dialledNumber");
    return html`
      <section aria-label="Call">
        <div class="who">
          <span class="mark">${icon("phone")}</span>
          <div>
            <h1>${call.contactName ?? contactLabel(call.contact)}</h1>
            <p class="muted" data-testid="call-state" data-state=${call
              .state}>${connected && call.connectedAt
              ? html`Connected <span class="numbers">${duration(now - call.connectedAt)}</span>`
              : "Connecting…"}</p>
          </div>
        </div>
        <dl>
          <div><dt>Queue</dt><dd>${call.queue?.name ?? "Direct"}</dd></div>
          ${call.variables.dialledNumber
            ? html`
              <div>
                <dt>Called</dt>
                <dd>${contactLabel(call.variables.dialledNumber)}</dd>
              </div>
            `
            : ""}
          ${details.map(([name, value]) =>
            html`
              <div>
                <dt>${label(name)}</dt>
                <dd>${value}</dd>
              </div>
            `
          )}
        </dl>
        <div class="controls" role="group" aria-label="Call controls">
          <button data-testid="mute" aria-pressed=${muted} ?disabled=${!connected}
            @click=${() => this.controller.mute(!muted)}>
            ${icon(muted ? "mic-off" : "mic")}${muted ? "Unmute" : "Mute"}
          </button>
          <button class="bad" data-testid="hang-up" ?disabled=${!connected}
            @click=${() => this.#hangUp()}>
            ${icon("hang-up")}Hang up
          </button>
        </div>
      </section>
    `;
  }

  #hangUp(): void {
    this.controller.ask({ type: "interaction.end", interactionId: this.call.interactionId });
  }
}

/** "accountNumber" as "Account number". */
function label(name: string): string {
  const words = name.replace(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
customElements.define("call-panel", CallPanel);
