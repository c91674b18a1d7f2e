import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Translate } from './translate.js';

/** How long a call may take before the person is told that it takes long, in milliseconds. */
const PATIENCE = 8000;

/** Says in a dialog that a call takes long, and offers to stop waiting; nothing is wrong yet. */
export class Patience {
  readonly #host: ReactiveControllerHost;
  readonly #slow = new Set<Promise<unknown>>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** What `call` settles with. */
  async during<Answer>(call: Promise<Answer>): Promise<Answer> {
    const timer = setTimeout(() => {
      this.#slow.add(call);
      this.#host.requestUpdate();
    }, PATIENCE);
    try {
      return await call;
    } finally {
      clearTimeout(timer);
      if (this.#slow.delete(call)) this.#host.requestUpdate();
    }
  }

  /** There all the time: what a live region says as it appears is not heard. */
  render(t: Translate, stop: () => void): TemplateResult {
    const isSlow = this.#slow.size > 0;
    return html`<div role="status" class=${isSlow ? 'notice calm' : 'hidden-text'}>
      ${isSlow ? html`<div>${t('slow')}</div><button type="button" @click=${stop}>${t('stop')}</button>` : nothing}
    </div>`;
  }
}
