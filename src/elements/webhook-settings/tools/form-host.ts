import { nothing, type TemplateResult } from 'lit';
import { AdapterError, toAdapterError } from '../../../core/adapter-error.js';
import type { CreateOptions } from '../../../core/adapter.js';
import type { WebhookChanges } from '../../../core/store/webhook-changes.js';
import type { Webhook, WebhookInput } from '../../../core/webhook.js';
import { WebhookCreatedEvent } from '../../../events/webhook-created-event.js';
import { WebhookErrorEvent } from '../../../events/webhook-error-event.js';
import { WebhookModalCloseEvent } from '../../../events/webhook-modal-close-event.js';
import type { WebhookSubmitEvent } from '../../../events/webhook-submit-event.js';
import { WebhookUpdatedEvent } from '../../../events/webhook-updated-event.js';
import type { AddWebhookModal } from '../../add-webhook-modal/add-webhook-modal.js';
import type { SendTest } from '../../deliveries/test-dialog.js';
import { errorText, notice } from '../../shared/notice.js';
import { modalParts } from './modal-parts.js';
import type { ToolsHost } from './tools-host.js';

/** The form inside the list: what it is opened with, and what is done with what it submits. */
export class FormHost {
  readonly #host: ToolsHost;
  readonly #changes: () => WebhookChanges;
  #isOpen = false;
  #edited: Webhook | undefined;
  #template: Webhook | undefined;
  #created: Webhook | undefined;
  /** What is stored by now, after someone else's change or an own one whose answer got lost. */
  #current: Webhook | undefined;
  #closed: (() => void) | undefined;
  /** The webhook that is on its way to the form. */
  #opening: AbortController | undefined;
  /** What is to be said of a save once the form is closed: what is outside an open dialog is not heard. */
  #outcome = '';
  /** The one that was last asked for, and why it could not be opened. */
  #wanted = '';
  #failure: AdapterError | undefined;

  constructor(host: ToolsHost, changes: () => WebhookChanges) {
    this.#host = host;
    this.#changes = changes;
  }

  get #modal(): AddWebhookModal | null {
    return this.#host.element.renderRoot.querySelector('add-webhook-modal');
  }

  async #show(edited: Webhook | undefined, template?: Webhook): Promise<void> {
    this.#opening?.abort();
    // An open form keeps what was typed in it.
    if (!this.#isOpen) {
      this.#edited = edited;
      this.#current = undefined;
      this.#template = template;
      this.#isOpen = true;
      // Straight to the modal: the list behind it stays as it is.
      this.update();
    }
    await this.#modal?.show();
  }

  /** Opens the form for a new webhook; settles when it is on screen. */
  async add(): Promise<void> {
    await this.#show(undefined);
  }

  /**
   * Opens it filled in from this webhook, with the focus in the first field that the selector finds; settles when it is
   * closed, with true when one was added.
   */
  async addFrom(template: Webhook, field?: string): Promise<boolean> {
    this.#created = undefined;
    const closed = new Promise<void>((resolve) => (this.#closed = resolve));
    await this.#show(undefined, template);
    if (field) this.#modal?.renderRoot.querySelector<HTMLElement>(field)?.focus();
    await closed;
    return !!this.#created;
  }

  /** Opens it for the webhook with this id, as the host has it now; or says in the list why it cannot. */
  async edit(id: string): Promise<void> {
    const { store, element } = this.#host;
    this.#failure = undefined;
    this.#wanted = id;
    this.#opening?.abort();
    const { signal } = (this.#opening = new AbortController());
    try {
      const webhook = await this.#changes().open(id, signal);
      if (!signal.aborted && this.#host.canOpen && store === this.#host.store) await this.#show(webhook);
    } catch (thrown) {
      // Another one was asked for, or the person stopped waiting.
      if ((thrown as Error).name === 'AbortError' || store !== this.#host.store) return;
      this.#failure = toAdapterError(thrown);
      this.#host.dispatch(new WebhookErrorEvent('get', this.#failure.code));
      element.requestUpdate();
      await element.updateComplete;
      // The row may be far below it.
      element.renderRoot.querySelector('.notice')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** Opens nothing any more, and forgets what could not be opened. */
  abandon(): void {
    this.#opening?.abort();
    this.#failure = undefined;
  }

  close(): void {
    this.abandon();
    this.#isOpen = false;
    this.#closed?.();
    this.#closed = undefined;
    this.#host.element.requestUpdate();
  }

  /** @throws {AdapterError} */
  async create(input: WebhookInput, options: CreateOptions): Promise<Webhook> {
    const webhook = await this.#told('create', options.signal, this.#changes().create(input, options));
    this.#host.dispatch(new WebhookCreatedEvent(webhook));
    return webhook;
  }

  /** The answer to a call; the page hears when it fails, unless nobody waits for it any more. */
  async #told<Answer>(operation: 'create' | 'update', signal: AbortSignal, call: Promise<Answer>): Promise<Answer> {
    try {
      return await call;
    } catch (thrown) {
      const { code, current } = toAdapterError(thrown);
      this.#current = current;
      // Nobody waits for it any more: the person, or the page, which has another adapter by now.
      if (!signal.aborted && (thrown as Error).name !== 'AbortError') this.#host.dispatch(new WebhookErrorEvent(operation, code));
      throw thrown;
    }
  }

  #handleSubmit = (event: WebhookSubmitEvent): void => {
    event.waitUntil(this.#save(event));
  };

  /** Returns what is stored: a page that keeps the form open goes on from there. */
  async #save({ detail }: WebhookSubmitEvent): Promise<Webhook | undefined> {
    const { input, id, changes = {}, version, signal, idempotencyKey } = detail;
    const { t } = this.#host;
    this.#outcome = '';
    if (id === undefined) {
      this.#created = await this.create(input, { signal, idempotencyKey });
      this.#outcome = t('added', { name: this.#created.name });
      return this.#created;
    } else {
      // With nothing to send the form holds what is stored by now, where it went on from that.
      const webhook = Object.keys(changes).length
        ? await this.#told('update', signal, this.#changes().update(id, changes, version, signal))
        : this.#current?.version === version && this.#current;
      if (!webhook) return undefined;
      this.#outcome = t('saved', { name: webhook.name });
      this.#host.dispatch(new WebhookUpdatedEvent(webhook));
      return webhook;
    }
  }

  #handleClose = (event: WebhookModalCloseEvent): void => {
    // The page hears of it as it would from a modal of its own, and may keep it open.
    if (!this.#host.element.dispatchEvent(new WebhookModalCloseEvent(event.detail.reason))) event.preventDefault();
    // Also one that listens to the modal in here: it may come after this.
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      this.close();
      void this.#comeBack();
    });
  };

  /** What opened the form may be gone when it closes: the empty state's button, once there is a webhook. */
  async #comeBack(): Promise<void> {
    const { element } = this.#host;
    await element.updateComplete;
    await this.#modal?.updateComplete;
    if (!element.shadowRoot!.activeElement && document.activeElement === document.body)
      element.renderRoot.querySelector<HTMLElement>('[part=add-button]')?.focus();
    if (this.#outcome) this.#host.announce(this.#outcome);
    this.#outcome = '';
  }

  renderFailure(): TemplateResult | typeof nothing {
    const { t, store } = this.#host;
    const failure = this.#failure;
    return failure
      ? notice(t('openFailed'), errorText(t, failure), t('retry'), () => {
          // It may be gone: then the list should say so as well.
          void store.refresh();
          void this.edit(this.#wanted);
        })
      : nothing;
  }

  /** Sends a test call through the host, where it can. */
  get sendTest(): SendTest | undefined {
    const { element } = this.#host;
    if (typeof element.adapter?.sendTest !== 'function') return undefined;
    return async (request, signal) => {
      try {
        const { adapter } = element;
        if (!adapter?.sendTest) throw new AdapterError('unavailable');
        return await adapter.sendTest(request, { signal: this.#host.store.within(signal) });
      } catch (thrown) {
        const { code, message, retryAfter, fieldErrors = {} } = toAdapterError(thrown);
        if (!signal.aborted) this.#host.dispatch(new WebhookErrorEvent('sendTest', code));
        // The webhook is a part of the request; its fields are called as they are in the form.
        const named = Object.entries(fieldErrors).map(([path, text]) => [path.replace(/^input\./, ''), text] as const);
        throw new AdapterError(code, { message, retryAfter, fieldErrors: Object.fromEntries(named) });
      }
    };
  }

  /** Hands the modal what it shows. It is in the list's template from the start, as an empty shell. */
  update(): void {
    const modal = this.#modal;
    if (!modal) return;
    if (!modal.hasAttribute('exportparts')) {
      modal.setAttribute('exportparts', modalParts);
      modal.addEventListener('webhook-submit', this.#handleSubmit);
      modal.addEventListener('webhook-modal-close', this.#handleClose);
    }
    modal.webhook = this.#edited;
    modal.template = this.#template;
    modal.sendTest = this.sendTest;
    modal.open = this.#isOpen;
  }
}
