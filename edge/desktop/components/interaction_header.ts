import { css, html, LitElement, nothing } from "lit";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import { channelLabel } from "../format/channel_label.ts";
import { contactLabel } from "../state/contact_label.ts";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";
import "./live_timer.ts";
import { say } from "./say.ts";

const STATES = {
  calling: "Calling",
  connecting: "Connecting",
  connected: "Connected",
  "wrap-up": "Wrap-up",
};

/** `<interaction-header>`: whom the agent talks to; its slot holds the controls. */
export class InteractionHeader extends LitElement {
  static override properties = { assignment: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 14px;
        padding: 14px 24px;
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      .back {
        display: none;
      }
      .channel {
        display: grid;
        place-items: center;
        flex: none;
        width: 44px;
        height: 44px;
        border-radius: 50%;
        background: var(--accent-soft);
        color: var(--accent);
      }
      .who {
        flex: 1;
        min-width: 0;
      }
      h1 {
        overflow: hidden;
        font-size: 19px;
        line-height: 1.3;
        letter-spacing: -0.01em;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      p {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        color: var(--muted);
        font-size: 14px;
      }
      .state {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        font-weight: 600;
      }
      .state::before {
        content: "";
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--warn);
      }
      [data-state="connected"].state {
        color: var(--good-text);
      }
      [data-state="connected"].state::before {
        background: var(--good);
      }
      @media (max-width: 720px) {
        :host {
          gap: 10px;
          padding: 8px 12px 8px 4px;
        }
        .back {
          display: inline-flex;
        }
        .channel {
          display: none;
        }
      }
    `,
  ];
  declare assignment: AssignmentView;

  override render() {
    const { assignment } = this;
    const { channel, queue, state, connectedAt, virtual } = assignment;
    return html`
      <button
        class="button quiet icon back"
        aria-label="Back to your interactions"
        @click=${() => say(this, { type: "select", interactionId: null })}
      >${icon("back")}</button>
      <span class="channel">${icon(channel === "voice" ? "phone" : "chat", 22)}</span>
      <div class="who">
        <h1 tabindex="-1" class="numeric">${contactLabel(assignment)}</h1>
        <p>
          <span class="state" data-testid="call-state" data-state=${state}>${virtual !== null &&
              state === "connected"
            ? virtual === "voicemail" ? "Message" : "To call"
            : STATES[state]}</span>
          ${state !== "wrap-up" && connectedAt !== null
            ? html`<live-timer .from=${connectedAt} label="for"></live-timer>`
            : nothing}
          <span>${channelLabel(channel)}${queue ? ` · ${queue.name}` : ""}</span>
        </p>
      </div>
      <slot></slot>
    `;
  }
}

customElements.define("interaction-header", InteractionHeader);
