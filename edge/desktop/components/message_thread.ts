import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import type { Message } from "../../../protocol/interaction/message.ts";
import type { DesktopController } from "../desktop_controller.ts";
import { contactLabel } from "../format/contact_label.ts";
import { controls } from "../styles/controls.ts";
import { icon } from "./icon.ts";

const STATUSES: Record<Message["status"], string> = {
  received: "",
  pending: "Sending…",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  failed: "Not delivered",
};

/** A conversation by messages, with a box for the reply. */
export class MessageThread extends LitElement {
  static override properties = {
    controller: { attribute: false },
    conversation: { attribute: false },
    messages: { attribute: false },
  };
  declare controller: DesktopController;
  declare conversation: AssignmentView;
  declare messages: readonly Message[];

  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        min-height: 0;
        height: 100%;
      }
      section {
        display: grid;
        grid-template-rows: auto 1fr auto;
        min-height: 0;
        height: 100%;
      }
      .top {
        display: flex;
        align-items: center;
        gap: 14px;
        padding: 16px 20px;
        border-bottom: 1px solid var(--line);
      }
      .top div {
        margin-inline-end: auto;
        min-width: 0;
      }
      h1 {
        font-size: 19px;
        line-height: 1.25;
        overflow-wrap: anywhere;
      }
      ol {
        list-style: none;
        margin: 0;
        padding: 20px;
        overflow-y: auto;
        display: flex;
        flex-direction: column;
        gap: 10px;
        min-height: 160px;
      }
      li {
        max-width: min(78%, 620px);
        display: grid;
        gap: 3px;
        justify-items: start;
      }
      li[data-direction="outbound"] {
        align-self: flex-end;
        justify-items: end;
      }
      .bubble {
        padding: 10px 14px;
        border-radius: 16px 16px 16px 4px;
        background: var(--surface-2);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      li[data-direction="outbound"] .bubble {
        border-radius: 16px 16px 4px 16px;
        background: var(--accent-soft);
      }
      .meta {
        font-size: 12.5px;
        display: flex;
        gap: 8px;
        align-items: center;
      }
      .meta.failed {
        color: var(--bad);
      }
      .meta button {
        min-height: 28px;
        padding: 0 10px;
        font-size: 12.5px;
      }
      form {
        display: flex;
        gap: 10px;
        align-items: end;
        padding: 14px 20px;
        border-top: 1px solid var(--line);
      }
      textarea {
        resize: none;
        min-height: 46px;
        max-height: 160px;
        field-sizing: content;
      }
      form label {
        flex: 1;
      }
      form button {
        min-height: 46px;
      }
    `,
  ];

  override updated(changed: Map<string, unknown>): void {
    if (!changed.has("messages")) return;
    const list = this.renderRoot.querySelector("ol");
    list?.scrollTo({ top: list.scrollHeight });
  }

  override render() {
    const { conversation, messages } = this;
    const title = conversation.contactName ?? contactLabel(conversation.contact);
    return html`
      <section aria-label=${`Conversation with ${title}`}>
        <div class="top">
          <div>
            <h1>${title}</h1>
            <p class="muted">WhatsApp · ${contactLabel(conversation.contact)}${conversation.queue
              ? ` · ${conversation.queue.name}`
              : ""}</p>
          </div>
          <button data-testid="end" @click=${() => this.#end()}>${icon("check")}Close</button>
        </div>
        <ol data-testid="thread" role="log" aria-label="Messages" tabindex="0">
          ${repeat(messages, (message) => message.id, (message) => this.#message(message))}
        </ol>
        <form @submit=${this.#submit}>
          <label>
            <span class="hidden">Reply</span>
            <textarea name="reply" data-testid="reply" rows="1" maxlength="4096"
              placeholder="Write a reply. Enter sends, Shift+Enter starts a new line."
              @keydown=${this.#key}></textarea>
          </label>
          <button class="primary" data-testid="send">${icon("send")}Send</button>
        </form>
      </section>
    `;
  }

  #message(message: Message) {
    const time = new Date(message.at).toLocaleTimeString([], {
      hour: "2-digit",
      minute: "2-digit",
    });
    const author = message.author === "flow" ? "Automatic" : "";
    const failed = message.status === "failed";
    return html`
      <li data-testid="message" data-id=${message.id} data-direction=${message.direction}
        data-status=${message.status}>
        <span class="hidden">${message.direction === "inbound"
          ? "Contact"
          : author || "You"}:</span>
        <span class="bubble">${message.text}</span>
        <span class="meta muted ${failed ? "failed" : ""}">
          ${[time, author, STATUSES[message.status]].filter(Boolean).join(" · ")}
          ${failed && message.author === "agent"
            ? html`<button @click=${() => this.#again(message)}>Send again</button>`
            : nothing}
        </span>
      </li>
    `;
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const box = this.renderRoot.querySelector("textarea")!;
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    this.controller.reply(this.conversation.interactionId, text);
    box.focus();
  }

  /** A refused message has its id used up only if it reached the cell: a fresh one is safe. */
  #again(message: Message): void {
    this.controller.reply(message.interactionId, message.text);
  }

  #end(): void {
    this.controller.ask({
      type: "interaction.end",
      interactionId: this.conversation.interactionId,
    });
  }
}
customElements.define("message-thread", MessageThread);
