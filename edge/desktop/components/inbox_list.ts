import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import { channelLabel } from "../format/channel_label.ts";
import { contactLabel } from "../state/contact_label.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { inboxItems } from "../state/inbox_items.ts";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";
import "./live_timer.ts";
import { say } from "./say.ts";

const STATE_WORDS = {
  calling: "Calling",
  connecting: "Connecting",
  connected: "",
  "wrap-up": "Wrap-up",
};

/** `<inbox-list>`: calls and conversations the agent has, in one list. */
export class InboxList extends LitElement {
  static override properties = { desktop: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      h2 {
        display: flex;
        justify-content: space-between;
        padding: 16px 18px 8px;
        color: var(--muted);
        font-size: 13px;
        font-weight: 600;
      }
      ul {
        padding: 0 8px 8px;
      }
      button {
        display: grid;
        grid-template-columns: 40px 1fr auto;
        align-items: center;
        gap: 2px 12px;
        width: 100%;
        min-height: 64px;
        margin-bottom: 2px;
        padding: 10px;
        border: 0;
        border-radius: 12px;
        background: transparent;
        text-align: left;
        cursor: pointer;
      }
      button:hover {
        background: var(--hover);
      }
      button[aria-current="true"] {
        background: var(--accent-soft);
      }
      .channel {
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        border-radius: 50%;
        background: var(--chip);
        color: var(--accent);
      }
      [data-state="connected"] .channel.voice {
        background: var(--good-soft);
        color: var(--good-text);
      }
      .name,
      .under {
        display: block;
      }
      .name {
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .under {
        overflow: hidden;
        color: var(--muted);
        font-size: 13px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .who {
        min-width: 0;
      }
      .side {
        display: grid;
        justify-items: end;
        gap: 4px;
        color: var(--muted);
        font-size: 13px;
      }
      .wrap {
        padding: 1px 8px;
        border-radius: 999px;
        background: var(--warn-soft);
        color: var(--warn-text);
        font-weight: 600;
      }
      .unread {
        min-width: 20px;
        padding: 1px 6px;
        border-radius: 999px;
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 700;
        text-align: center;
      }
      .empty {
        padding: 4px 18px 16px;
        color: var(--muted);
        font-size: 14px;
      }
    `,
  ];
  declare desktop: DesktopState;

  override render() {
    const items = inboxItems(this.desktop);
    return html`
      <h2><span>Your interactions</span>${items.length > 0
        ? html`<span>${items.length}</span>`
        : nothing}</h2>
      ${items.length === 0
        ? html`<p class="empty">Nothing yet. Calls and messages you accept are listed here.</p>`
        : html`<ul>${repeat(items, (one) => one.interactionId, (one) => this.#item(one))}</ul>`}
    `;
  }

  #item(one: AssignmentView) {
    const unread = this.desktop.unread[one.interactionId] ?? 0;
    const voice = one.channel === "voice";
    const last = this.desktop.messages[one.interactionId]?.at(-1);
    return html`
      <li>
        <button
          data-testid="assignment"
          data-interaction-id=${one.interactionId}
          data-state=${one.state}
          data-channel=${one.channel}
          aria-current=${this.desktop.selected === one.interactionId}
          @click=${() => say(this, { type: "select", interactionId: one.interactionId })}
        >
          <span class="channel ${one.channel}">${icon(voice ? "phone" : "chat")}</span>
          <span class="who">
            <span class="said">${channelLabel(one.channel)} with</span>
            <span class="name numeric">${contactLabel(one)}</span>
            <span class="under">${last && !voice
              ? last.text
              : one.queue?.name ?? channelLabel(one.channel)}</span>
          </span>
          <span class="side">
                ${this.#time(one)}
                ${unread > 0
                  ? html`<span class="unread">${unread}<span class="said"> unread</span></span>`
                  : STATE_WORDS[one.state]
                  ? html`<span class=${one.state === "wrap-up" ? "wrap" : ""}>${
                    STATE_WORDS[one.state]
                  }</span>`
                  : nothing}
              </span>
        </button>
      </li>
    `;
  }

  #time(one: AssignmentView) {
    if (one.state === "wrap-up" && one.wrapUpUntil !== null) {
      return html`<live-timer .until=${one.wrapUpUntil} label="time left"></live-timer>`;
    }
    return one.connectedAt === null
      ? nothing
      : html`<live-timer .from=${one.connectedAt} label="for"></live-timer>`;
  }
}

customElements.define("inbox-list", InboxList);
