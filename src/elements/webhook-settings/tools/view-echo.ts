import type { WebhookView } from '../../../core/page.js';
import { viewKey } from '../list-view.js';

/** How long after it was told of a view a page may hand it back, in milliseconds: what it hands in later it means. */
const ECHO = 3000;

/** Tells what a page means anew from what it hands back, late, of what it was told. */
export class ViewEcho {
  /** The view that the page handed in last. One that restricts nothing may be the element's own. */
  #handed: string | undefined;
  /** Those that it was told of since, and when. */
  #told: { readonly key: string; readonly at: number }[] = [];

  constructor(view: WebhookView) {
    const handed = viewKey(view);
    if (handed !== viewKey({})) this.#handed = handed;
  }

  /** The page is told of this one. */
  tell(view: WebhookView): void {
    this.#told.push({ key: viewKey(view), at: performance.now() });
  }

  /** Whether a view says nothing new: the page follows `webhook-view-change`, be it late, or renders anew with what it had before. */
  isEcho(view: WebhookView, now: WebhookView): boolean {
    const key = viewKey(view);
    const index = this.#told.findIndex((one) => one.key === key && one.at > performance.now() - ECHO);
    const isEcho = index >= 0 || key === this.#handed || key === viewKey(now);
    if (key !== this.#handed) this.#told = index < 0 ? [] : this.#told.slice(index + 1);
    this.#handed = key;
    return isEcho;
  }
}
