import { css, html, LitElement } from "lit";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";
import { say } from "./say.ts";

const LONGEST = 4096;

/** `<reply-box>`: writes a reply. Enter sends, Shift+Enter makes a new line. */
export class ReplyBox extends LitElement {
  static override properties = {
    interactionId: { attribute: false },
    draft: { attribute: false },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: 12px 24px 14px;
        border-top: 1px solid var(--line);
        background: var(--surface);
      }
      form {
        display: flex;
        align-items: flex-end;
        gap: 10px;
      }
      textarea {
        flex: 1;
        min-width: 0;
        min-height: 44px;
        max-height: 168px;
        padding: 10px 14px;
        border: 1px solid var(--line-input);
        border-radius: 12px;
        background: var(--field);
        line-height: 1.45;
        resize: none;
        field-sizing: content;
      }
      .button {
        min-height: 44px;
      }
      .hint {
        display: flex;
        justify-content: space-between;
        margin-top: 6px;
        color: var(--muted);
        font-size: 12.5px;
      }
      kbd {
        font: inherit;
        font-weight: 600;
      }
      @media (max-width: 720px) {
        :host {
          padding: 10px 12px;
        }
        .hint {
          display: none;
        }
      }
    `,
  ];
  declare interactionId: string;
  declare draft: string;

  constructor() {
    super();
    this.interactionId = "";
    this.draft = "";
  }

  override focus(): void {
    this.#area?.focus();
  }

  override render() {
    const left = LONGEST - this.draft.length;
    return html`
      <form @submit=${this.#submit}>
        <textarea
          data-testid="reply"
          rows="1"
          maxlength=${LONGEST}
          aria-label="Reply"
          aria-describedby="hint"
          placeholder="Write a reply"
          .value=${this.draft}
          @input=${this.#input}
          @keydown=${this.#key}
        ></textarea>
        <button class="button primary" data-testid="send" ?disabled=${this.draft.trim() === ""}>
          ${icon("send")} Send
        </button>
      </form>
      <p class="hint" id="hint">
        <span><kbd>Enter</kbd> sends, <kbd>Shift+Enter</kbd> starts a new line</span>
        <span>${left < 500 ? `${left} characters left` : ""}</span>
      </p>
    `;
  }

  get #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  #input(): void {
    const text = this.#area?.value ?? "";
    say(this, { type: "draft", interactionId: this.interactionId, text });
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.#send();
    this.focus();
  }

  #send(): void {
    const text = (this.#area?.value ?? "").trim();
    if (text === "") return;
    say(this, { type: "send-message", interactionId: this.interactionId, text });
  }
}

customElements.define("reply-box", ReplyBox);
