import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { SignOnRequest } from "../../../protocol/sign_on/sign_on.ts";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";
import { logo } from "./logo.ts";
import { say } from "./say.ts";

type Field = "tenant" | "username" | "password";

const MISSING: Record<Field, string> = {
  tenant: "Enter your organisation: lower-case letters, digits and hyphens.",
  username: "Enter your username.",
  password: "Enter your password.",
};

/** `<sign-in-page>`: asks for tenant, username and password. */
export class SignInPage extends LitElement {
  static override properties = {
    message: {},
    waiting: { type: Boolean },
    tenant: {},
    _wrong: { state: true },
    _capsLock: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: 1fr auto;
        justify-items: center;
        min-height: 100dvh;
        padding: 24px 16px;
        background: var(--backdrop);
      }
      main {
        align-self: center;
        width: 100%;
        max-width: 400px;
      }
      .brand {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 10px;
        margin-bottom: 24px;
        font-size: 20px;
        font-weight: 700;
        letter-spacing: -0.01em;
      }
      form {
        display: grid;
        gap: 18px;
        padding: 32px;
        border: 1px solid var(--line);
        border-radius: 16px;
        background: var(--surface);
        box-shadow: var(--shadow-large);
      }
      h1 {
        font-size: 22px;
        letter-spacing: -0.01em;
      }
      h1 + p {
        margin-top: 4px;
        color: var(--muted);
      }
      label {
        display: block;
        margin-bottom: 6px;
        font-weight: 600;
        font-size: 14px;
      }
      input {
        width: 100%;
        height: 44px;
        padding: 0 12px;
        border: 1px solid var(--line-input);
        border-radius: var(--radius);
        background: var(--field);
      }
      input[aria-invalid="true"] {
        border-color: var(--bad);
      }
      .hint {
        display: flex;
        gap: 6px;
        margin-top: 6px;
        font-size: 13px;
        color: var(--bad);
      }
      .caps {
        color: var(--warn);
      }
      .failure {
        display: flex;
        gap: 10px;
        padding: 12px;
        border-radius: var(--radius);
        background: var(--bad-soft);
        color: var(--bad-text);
        font-size: 14px;
      }
      .failure svg,
      .hint svg {
        flex: none;
      }
      .button {
        min-height: 46px;
        font-size: 16px;
      }
      footer {
        color: var(--muted);
        font-size: 13px;
        text-align: center;
        padding-top: 24px;
      }
      @media (max-width: 480px) {
        form {
          padding: 24px 20px;
        }
      }
    `,
  ];
  declare message: string | null;
  declare waiting: boolean;
  declare tenant: string;
  declare _wrong: Field | null;
  declare _capsLock: boolean;

  constructor() {
    super();
    this.message = null;
    this.waiting = false;
    this.tenant = "";
    this._wrong = null;
    this._capsLock = false;
  }

  protected override firstUpdated(): void {
    this.#input(this.tenant ? "username" : "tenant")?.focus();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("message") && this.message) this.#input("password")?.select();
  }

  override render() {
    return html`
      <main>
        <div class="brand">${logo(32)} Antiphon</div>
        <form @submit=${this.#submit} novalidate aria-busy=${this.waiting}>
          <div>
            <h1>Sign in</h1>
            <p>to take calls and messages</p>
          </div>
          <div role="alert">
            ${this.message
              ? html`<div class="failure" data-testid="sign-in-error">${
                icon("alert")
              }<span>${this.message}</span></div>`
              : nothing}
          </div>
          ${this.#field("tenant", "Organisation", "organization", this.tenant)}
          ${this.#field("username", "Username", "username", "")}
          ${this.#field("password", "Password", "current-password", "")}
          <button class="button primary" data-testid="sign-in" ?disabled=${this.waiting}>
            ${this.waiting ? "Signing in…" : "Sign in"}
          </button>
        </form>
      </main>
      <footer>Trouble signing in? Ask your administrator.</footer>
    `;
  }

  #field(name: Field, label: string, autocomplete: string, value: string) {
    const wrong = this._wrong === name;
    const caps = name === "password" && this._capsLock;
    return html`
      <div>
        <label for=${name}>${label}</label>
        <input
          id=${name}
          name=${name}
          data-testid=${name}
          type=${name === "password" ? "password" : "text"}
          autocomplete=${autocomplete}
          autocapitalize="none"
          spellcheck="false"
          maxlength=${name === "password" ? 256 : name === "tenant" ? 63 : 120}
          .defaultValue=${value}
          required
          aria-invalid=${wrong}
          aria-describedby=${wrong || caps ? `${name}-hint` : nothing}
          @keydown=${this.#look}
          @keyup=${this.#look}
          @input=${() => this._wrong = null}
        />
        ${wrong || caps
          ? html`<div class="hint ${wrong ? "" : "caps"}" id="${name}-hint">
            ${icon("alert", 16)}<span>${wrong ? MISSING[name] : "Caps Lock is on."}</span>
          </div>`
          : nothing}
      </div>
    `;
  }

  #look(event: KeyboardEvent): void {
    this._capsLock = event.getModifierState?.("CapsLock") ?? false;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.waiting) return;
    const parsed = SignOnRequest.safeParse({
      tenant: this.#input("tenant")?.value.trim().toLowerCase(),
      username: this.#input("username")?.value.trim(),
      password: this.#input("password")?.value,
    });
    if (parsed.success) return say(this, { type: "sign-on", request: parsed.data });
    this._wrong = (parsed.error.issues[0]?.path[0] ?? "tenant") as Field;
    this.#input(this._wrong)?.focus();
  }

  #input(name: Field): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${name}`);
  }
}

customElements.define("sign-in-page", SignInPage);
