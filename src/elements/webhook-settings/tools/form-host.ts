import { nothing } from 'lit';
import { AdapterError, toAdapterError } from '../../../core/adapter-error.js';
import type { CreateOptions } from '../../../core/adapter.js';
import { checkLength } from '../../../core/rules/text.js';
import { MAX_NAME_LENGTH } from '../../../core/rules/name.js';
import type { WebhookChanges } from '../../../core/store/webhook-changes.js';
import type { Webhook, WebhookInput } from '../../../core/webhook.js';
import { WebhookErrorEvent } from '../../../events/webhook-error-event.js';
import { WebhookModalCloseEvent } from '../../../events/webhook-modal-close-event.js';
import type { WebhookSubmitEvent } from '../../../events/webhook-submit-event.js';
import { WebhookUpdatedEvent } from '../../../events/webhook-updated-event.js';
import type { AddWebhookModal } from '../../add-webhook-modal/add-webhook-modal.js';
import type { SendTest } from '../../deliveries/test-dialog.js';
import { errorText } from '../../shared/notice.js';
import { isFiltered } from '../list-view.js';
import { modalParts } from './modal-parts.js';
import { calm, failure } from './notices.js';
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
  /** What was saved last, and that it was: its row may not be on show. */
  #saved: { readonly id: string; readonly text: string } | undefined;
  /** What could not be opened, and why. */
  #failure: { readonly name: string; readonly error: AdapterError; readonly retry: () => void } | undefined;

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
    await this.#open(id, async (webhook) => {
      if (this.#host.canOpen) await this.#show(webhook);
    });
  }

  /** Opens it for a copy of this webhook. */
  async duplicate(id: string): Promise<void> {
    await this.#open(id, async (webhook) => {
      const parts = [...new Intl.Segmenter().segment(webhook.name)].slice(0, MAX_NAME_LENGTH).map(({ segment }) => segment);
      const name = () => this.#host.t('copyName', { name: parts.join('').trim() });
      while (parts.length && checkLength(name(), MAX_NAME_LENGTH).length) parts.pop();
      await this.#show(undefined, { ...webhook, name: name() });
    });
  }

  async #open(id: string, show: (webhook: Webhook) => Promise<void>): Promise<void> {
    const { store, element, dispatch } = this.#host;
    const row = store.getState().rows.find(({ key }) => key === id);
    const name = (row && 'webhook' in row && row.webhook.name.trim()) || id;
    this.abandon();
    const { signal } = (this.#opening = new AbortController());
    try {
      const webhook = await this.#changes().open(id, signal);
      if (!signal.aborted && store === this.#host.store) await show(webhook);
    } catch (thrown) {
      // Another one was asked for, or the person stopped waiting.
      if ((thrown as Error).name === 'AbortError' || store !== this.#host.store) return;
      const error = toAdapterError(thrown);
      this.#failure = { name, error, retry: () => void this.#open(id, show) };
      dispatch(new WebhookErrorEvent('get', error.code));
      element.requestUpdate();
      await element.updateComplete;
      // The row may be far below it.
      element.renderRoot.querySelector('.notice')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** Opens nothing any more: by now the person does something else. */
  interrupt(): void {
    this.#opening?.abort();
  }

  /** The same, and forgets what could not be opened and what was saved. */
  abandon = (): void => {
    this.interrupt();
    this.#failure = this.#saved = undefined;
    this.#host.element.requestUpdate();
  };

  close(): void {
    this.interrupt();
    this.#isOpen = false;
    this.#closed?.();
    this.#closed = undefined;
    this.#host.element.requestUpdate();
  }

  /** @throws {AdapterError} */
  create(input: WebhookInput, options: CreateOptions): Promise<Webhook> {
    return this.#told('create', options.signal, this.#changes().create(input, options));
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
    let webhook: Webhook | undefined | false;
    if (id === undefined) webhook = this.#created = await this.create(input, { signal, idempotencyKey });
    else if (Object.keys(changes).length) webhook = await this.#told('update', signal, this.#changes().update(id, changes, version, signal));
    else {
      // With nothing to send the form holds what is stored by now, where it went on from that.
      webhook = this.#current?.version === version && this.#current;
      if (webhook) this.#host.dispatch(new WebhookUpdatedEvent(webhook));
    }
    if (!webhook) return undefined;
    this.#outcome = t(id === undefined ? 'added' : 'saved', { name: webhook.name });
    this.#saved = { id: webhook.id, text: this.#outcome };
    return webhook;
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

  /** What could not be opened, and what was saved and is not to be seen. */
  renderOutcomes(): unknown {
    const { t, store } = this.#host;
    const { view, rows, busy } = store.getState();
    const saved = this.#saved;
    const { name = '', error, retry } = this.#failure ?? {};
    const close = [t('close'), this.abandon] as const;
    return [
      error &&
        failure(t('openFailed', { name }), errorText(t, error), ...(error.code === 'not-found' ? [] : [[t('retry'), retry!] as const]), close),
      saved && isFiltered(view) && !busy && !rows.some(({ key }) => key === saved.id)
        ? calm(`${saved.text} ${t('savedElsewhere')}`, close)
        : nothing,
    ];
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
