import { css, html, LitElement, nothing } from "lit";
import { clockTime } from "../format/clock_time.ts";
import type { ThreadEntry } from "../state/thread_of.ts";
import { baseStyles } from "./base_styles.ts";
import { icon, type IconName } from "./icon.ts";

const timeOfDay = clockTime();

const STATUS: Record<ThreadEntry["status"], { text: string; icon: IconName } | null> = {
  received: null,
  pending: { text: "Sending", icon: "clock" },
  sent: { text: "Sent", icon: "check" },
  delivered: { text: "Delivered", icon: "check-double" },
  read: { text: "Read", icon: "check-double" },
  failed: { text: "Not sent", icon: "alert" },
};

/** `<message-bubble>`: one message and how far it got. Says `again` and `discard`. */
export class MessageBubble extends LitElement {
  static override properties = { entry: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      div {
        display: grid;
        justify-items: start;
      }
      .outbound {
        justify-items: end;
      }
      p {
        max-width: min(560px, 82%);
        padding: 9px 14px;
        border: 1px solid var(--line);
        border-radius: 4px 16px 16px 16px;
        background: var(--surface);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .outbound p {
        border-color: transparent;
        border-radius: 16px 4px 16px 16px;
        background: var(--bubble);
        color: var(--on-bubble);
      }
      .outbound.flow p,
      .outbound.bot p {
        background: var(--bubble-quiet);
        color: var(--text);
      }
      .outbound.failed p {
        border: 1px dashed var(--bad);
        background: var(--bad-soft);
        color: var(--text);
      }
      .outbound footer {
        justify-content: flex-end;
        text-align: right;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
        margin-top: 3px;
        color: var(--muted);
        font-size: 12.5px;
      }
      .does {
        display: inline-flex;
        gap: 4px;
      }
      .status {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }
      .read {
        color: var(--accent);
      }
      .status.failed {
        color: var(--bad-text);
        font-weight: 600;
      }
    `,
  ];
  declare entry: ThreadEntry;

  override render() {
    const { entry } = this;
    const status = STATUS[entry.status];
    const who = entry.author === "contact"
      ? "Contact"
      : entry.author === "flow"
      ? "Automatic"
      : entry.author === "bot"
      ? "Bot"
      : "You";
    return html`
      <div
        class="${entry.direction} ${entry.status} ${entry.author}"
        data-testid="message"
        data-id=${entry.id}
        data-direction=${entry.direction}
        data-status=${entry.status}
      >
        <span class="said">${who}:</span>
        <p>${entry.text}</p>
        <footer>
              ${entry.author === "flow" || entry.author === "bot"
                ? html`<span>${who}</span>`
                : nothing}
              <time datetime=${new Date(entry.at).toISOString()}>${timeOfDay(entry.at)}</time>
              ${status
                ? html`<span class="status ${entry.status}">${
                  icon(status.icon, 14)
                } ${status.text}</span>`
                : nothing}
              ${entry.status === "failed" ? this.#failure(entry) : nothing}
            </footer>
      </div>
    `;
  }

  #failure(entry: ThreadEntry) {
    return html`
      ${entry.reason ? html`<span>${entry.reason}</span>` : nothing}
      <span class="does">
        <button class="button small" data-testid="retry" @click=${() => this.#tell("again")}>
          Try again
        </button>
        ${entry.confirmed ? nothing : html`
          <button
            class="button quiet small"
            data-testid="discard"
            @click=${() => this.#tell("discard")}
          >Discard</button>
        `}
      </span>
    `;
  }

  #tell(name: "again" | "discard"): void {
    this.dispatchEvent(new Event(name));
  }
}

customElements.define("message-bubble", MessageBubble);
