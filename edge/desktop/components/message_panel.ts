import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { type ThreadEntry, threadOf } from "../state/thread_of.ts";
import { baseStyles } from "./base_styles.ts";
import "./due_times.ts";
import { icon } from "./icon.ts";
import "./interaction_facts.ts";
import "./interaction_header.ts";
import "./message_bubble.ts";
import "./reply_box.ts";
import { say } from "./say.ts";
import "./wrap_up_panel.ts";

const NEAR_END_PX = 120;

/** `<message-panel>`: the conversation that is shown, its reply box, then its wrap-up. */
export class MessagePanel extends LitElement {
  static override properties = {
    desktop: { attribute: false },
    assignment: { attribute: false },
    _about: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
      }
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 300px;
        min-height: 0;
      }
      .talk {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        min-height: 0;
      }
      .thread {
        overflow: auto;
        padding: 20px 24px;
      }
      ol {
        display: grid;
        gap: 12px;
        align-content: end;
        min-height: 100%;
      }
      .empty {
        color: var(--muted);
        text-align: center;
      }
      .done {
        display: grid;
        justify-items: center;
        max-height: 60dvh;
        overflow: auto;
        padding: 16px 24px 24px;
        border-top: 1px solid var(--line);
      }
      aside {
        overflow: auto;
        padding: 24px;
        border-left: 1px solid var(--line);
        background: var(--surface);
      }
      @media (max-width: 1100px) {
        .body {
          grid-template-columns: minmax(0, 1fr);
        }
        .talk {
          grid-area: 1 / 1;
        }
        aside {
          grid-area: 1 / 1;
          justify-self: end;
          z-index: 1;
          width: min(320px, 100%);
          box-shadow: var(--shadow-large);
        }
        aside:not(.open) {
          display: none;
        }
      }
      @media (min-width: 1101px) {
        .about {
          display: none;
        }
      }
      @media (max-width: 720px) {
        .thread {
          padding: 16px 12px;
        }
        .done {
          padding: 12px;
        }
      }
    `,
  ];
  declare desktop: DesktopState;
  declare assignment: AssignmentView;
  /** Whether the details are shown where there is no room beside the thread. */
  declare _about: boolean;
  #stick = true;

  constructor() {
    super();
    this._about = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get("assignment") as AssignmentView | undefined;
    const thread = this.#thread;
    const moved = before?.interactionId !== this.assignment.interactionId && before;
    this.#stick = !thread || Boolean(moved) ||
      thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR_END_PX;
  }

  protected override updated(): void {
    if (!this.#stick) return;
    requestAnimationFrame(() => {
      const thread = this.#thread;
      if (thread) thread.scrollTop = thread.scrollHeight;
    });
  }

  override render() {
    const { assignment, desktop } = this;
    const { interactionId } = assignment;
    const busy = Boolean(desktop.busy[interactionId]);
    const done = assignment.state === "wrap-up";
    const entries = threadOf(desktop, interactionId);
    return html`
      <interaction-header .assignment=${assignment}>
        <button
          class="button quiet icon about"
          aria-label="Details"
          title="Details"
          aria-expanded=${this._about}
          aria-controls="details"
          @click=${() => this._about = !this._about}
        >${icon("info")}</button>
        ${done ? nothing : html`
          <button
            class="button"
            data-testid="end"
            aria-keyshortcuts="Alt+H"
            title="End the conversation (Alt+H)"
            ?disabled=${busy}
            @click=${() => say(this, { type: "end", interactionId })}
          >${icon("close")} End</button>
        `}
      </interaction-header>
      <div class="body">
        <div class="talk">
          <due-times .assignment=${assignment} .busy=${busy}></due-times>
          <div class="thread" data-testid="thread" role="log" aria-label="Conversation" tabindex="0">
            <ol>
              ${entries.length === 0 ? html`<li class="empty">No messages yet.</li>` : nothing}
              ${repeat(entries, ({ id }) => id, (entry) => this.#entry(entry))}
            </ol>
          </div>
          ${done
            ? html`
              <div class="done">
                <wrap-up-panel .assignment=${assignment} .codes=${desktop
                  .wrapUpCodes} .busy=${busy}></wrap-up-panel>
              </div>
            `
            : html`
              <reply-box
                .interactionId=${interactionId}
                .draft=${desktop.drafts[interactionId] ?? ""}
              ></reply-box>
            `}
        </div>
        <aside id="details" aria-label="Details" class=${this._about ? "open" : ""}>
          <interaction-facts .assignment=${assignment} .busy=${busy}></interaction-facts>
        </aside>
      </div>
    `;
  }

  get #thread(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>(".thread") ?? null;
  }

  #entry(entry: ThreadEntry) {
    const { id, text } = entry;
    const { interactionId } = this.assignment;
    return html`
      <li>
        <message-bubble
          .entry=${entry}
          @again=${() =>
            say(
              this,
              entry.confirmed
                ? { type: "send-message", interactionId, text }
                : { type: "retry-message", messageId: id },
            )}
          @discard=${() => say(this, { type: "discard-message", messageId: id })}
        ></message-bubble>
      </li>
    `;
  }
}

customElements.define("message-panel", MessagePanel);
