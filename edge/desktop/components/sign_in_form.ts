import { css, html, LitElement, nothing } from "lit";
import { controls } from "../styles/controls.ts";
import { icon } from "./icon.ts";

/** Fired with the credentials as detail. */
export const SIGN_IN = "sign-in-requested";

/** The page that asks who is there. */
export class SignInForm extends LitElement {
  static override properties = { notice: {}, busy: { type: Boolean } };
  declare notice: string | null;
  declare busy: boolean;

  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100vh;
        padding: 24px;
      }
      form {
        width: min(400px, 100%);
        padding: 32px;
        border-radius: 20px;
        background: var(--surface);
        border: 1px solid var(--line);
        box-shadow: var(--shadow);
        display: grid;
        gap: 18px;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      .brand img {
        width: 40px;
        height: 40px;
      }
      h1 {
        font-size: 22px;
        line-height: 1.2;
      }
      label {
        display: grid;
        gap: 6px;
        font-weight: 600;
        font-size: 14px;
      }
      .notice {
        display: flex;
        gap: 10px;
        padding: 10px 12px;
        border-radius: 10px;
        background: var(--bad-soft);
        color: var(--bad);
        font-size: 14px;
      }
      .notice svg {
        margin-top: 1px;
      }
      button {
        min-height: 46px;
      }
    `,
  ];

  override render() {
    return html`
      <main>
        <form @submit=${this.#submit}>
          <div class="brand">
            <img src="/icon.svg" alt="">
            <div>
              <h1>Antiphon</h1>
              <p class="muted">Agent desktop</p>
            </div>
          </div>
          <div role="alert">${this.notice
            ? html`<p class="notice">${icon("alert")}<span>${this.notice}</span></p>`
            : nothing}</div>
          <label>Organisation
            <input name="tenant" data-testid="tenant" required autocomplete="organization"
              autocapitalize="none" spellcheck="false" placeholder="aurora">
          </label>
          <label>User name
            <input name="username" data-testid="username" required autocomplete="username"
              autocapitalize="none" spellcheck="false">
          </label>
          <label>Password
            <input name="password" data-testid="password" type="password" required
              autocomplete="current-password">
          </label>
          <button class="primary" data-testid="sign-in" ?disabled=${this.busy}>
            ${this.busy ? "Signing in…" : "Sign in"}
          </button>
        </form>
      </main>
    `;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(fields.get(name) ?? "");
    const detail = {
      tenant: text("tenant").trim().toLowerCase(),
      username: text("username").trim(),
      password: text("password"),
    };
    this.dispatchEvent(new CustomEvent(SIGN_IN, { detail }));
  }
}
customElements.define("sign-in-form", SignInForm);
