import { ContextProvider } from '@lit/context';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { Countdown } from '../../../controllers/countdown.js';
import { ObservableController } from '../../../controllers/observable-controller.js';
import type { AdapterError } from '../../../core/adapter-error.js';
import type { EventType } from '../../../core/event-type.js';
import type { Messages } from '../../../core/messages/index.js';
import { deliveryMessages } from '../../../core/messages/deliveries.js';
import { findingMessages } from '../../../core/messages/findings.js';
import { formMessages } from '../../../core/messages/form.js';
import { toolMessages } from '../../../core/messages/tools.js';
import { givenParts, type WebhookView } from '../../../core/page.js';
import { createWebhookChanges, type WebhookChanges, type ChangeState } from '../../../core/store/webhook-changes.js';
import type { Row, StoreState, WebhookStore } from '../../../core/store/webhook-store.js';
import type { Webhook } from '../../../core/webhook.js';
import { dialogStyles } from '../../shared/dialog.styles.js';
import { DeliveriesDialog } from '../../deliveries/deliveries-dialog.js';
import { deliveryStyles } from '../../deliveries/deliveries.styles.js';
import { TestDialog } from '../../deliveries/test-dialog.js';
import { FocusKeeper } from '../../shared/focus-keeper.js';
import { webhookContext, type WebhookContext } from '../../shared/context.js';
import { icons } from '../../shared/icons.js';
import { keepInSight } from '../../shared/keep-in-sight.js';
import { Localization } from '../../shared/localization.js';
import { wait } from '../../shared/wait.js';
import { howMany, isFiltered, panel } from '../list-view.js';
import { Confirmation } from './confirmation.js';
import { Exporter } from './exporter.js';
import { filters } from './filters.js';
import { FormHost } from './form-host.js';
import { deactivation, health } from './health.js';
import { ImportDialog } from './import-dialog.js';
import { ListWindow } from './list-window.js';
import { Menu, type MenuItem } from './menu.js';
import { calm } from './notices.js';
import { RowActions } from './row-actions.js';
import { selectRanges } from './select-ranges.js';
import { toolsHost, type LentHost, type ToolsHost } from './tools-host.js';
import { toolStyles } from './tools.styles.js';
import { ViewEcho } from './view-echo.js';

/** How often in a row the list is asked for again by itself: whoever looks away asks no host for ever. */
const MOST_RETRIES = 5;

/** The texts that came with the tools. */
const english: Partial<Messages> = { ...formMessages, ...findingMessages, ...toolMessages, ...deliveryMessages };

/** What one does with webhooks from the list, put together: menus, filters, questions and dialogs, and what is said aloud. */
export class ListTools implements ReactiveController {
  readonly #localization: Localization;
  readonly #host: ToolsHost;
  readonly form: FormHost;
  readonly #menu: Menu;
  readonly #confirmation: Confirmation;
  readonly #actions: RowActions;
  readonly #import: ImportDialog;
  readonly #exporter: Exporter;
  readonly #window: ListWindow;
  readonly #changes: ObservableController<WebhookChanges>;
  readonly #countdown: Countdown;
  readonly #echo: ViewEcho;
  readonly #context: ContextProvider<typeof webhookContext>;
  readonly #deliveries: DeliveriesDialog;
  readonly #test: TestDialog;
  /** Whose whole URL is shown. */
  readonly expanded = new Set<string>();
  #known: readonly Row[] | undefined;
  /** How often the list was asked for again by itself since it last came. */
  #retries = 0;
  /** Asks again for what the person stopped waiting for. */
  #stopped: (() => void) | undefined;
  /** The state of the list when it was last said how many webhooks there are. */
  #said: { readonly store: WebhookStore; readonly state: StoreState } | undefined;

  constructor(lent: LentHost) {
    const host = (this.#host = toolsHost(lent));
    const changes = () => this.#changes.source;
    this.#echo = new ViewEcho(host.element.view);
    this.form = new FormHost(host, () => changes()!);
    this.#menu = new Menu(host.element);
    this.#confirmation = new Confirmation(host, this.form, () => !!this.changes?.slow.size);
    this.#actions = new RowActions(host, changes, this.#confirmation);
    this.#import = new ImportDialog(host, this.form, changes);
    this.#exporter = new Exporter(host);
    this.#deliveries = new DeliveriesDialog(host);
    this.#test = new TestDialog(host.element);
    this.#window = new ListWindow(host.element);
    this.#changes = new ObservableController(host.element);
    this.#countdown = new Countdown(host.element);
    this.#context = new ContextProvider(host.element, { context: webhookContext, initialValue: host.catalogue });
    this.#localization = new Localization(host.element);
    host.element.addController(this);
    const root = host.element.renderRoot as ShadowRoot;
    new FocusKeeper(host.element, root);
    keepInSight(root);
    root.addEventListener('keydown', this.#handleKeydown);
    root.addEventListener('pointerover', this.#handlePointer);
    selectRanges(host, root);
    root.adoptedStyleSheets.push(...[dialogStyles, toolStyles, deliveryStyles].map(({ styleSheet }) => styleSheet!));
    // There may be none: the tools know the language of the two gates as well.
    this.follow(host.store);
  }

  hostConnected(): void {
    addEventListener('online', this.#handleOnline);
    document.addEventListener('visibilitychange', this.#handleVisibility);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#handleOnline);
    document.removeEventListener('visibilitychange', this.#handleVisibility);
  }

  hostUpdate(): void {
    const { catalogue } = this.#host;
    const { value } = this.#context;
    // With nothing new in it the form need not follow.
    if (Object.entries(catalogue).some(([name, one]) => one !== value[name as keyof WebhookContext])) this.#context.setValue(catalogue);
  }

  hostUpdated(): void {
    this.form.update();
    this.#menu.place();
    if (!this.changes) return;
    this.#forgetGone();
    this.#sayHowMany();
    const { status, busy, failed } = this.#host.store.getState();
    if (status === 'ready' && !busy && !failed) this.#retries = 0;
    if (!failed?.error.retryAfter || this.#countdown.secondsLeft(failed.error) || !this.#retriesItself || document.hidden) return;
    // The host said when it wants to be asked again: then it is.
    this.#retries++;
    void this.#host.store.retry();
  }

  /** Says what was loaded: at first, by Load more, and for another search or filter. */
  #sayHowMany(): void {
    const { store, t } = this.#host;
    const state = store.getState();
    const { status, busy, arriving, failed, view, rows, nextCursor } = state;
    if (status !== 'ready' || busy || arriving || failed || this.#stopped) return;
    const said = this.#said?.store === store ? this.#said.state : undefined;
    const count = rows.length;
    // What was added, changed or deleted here is told of by itself.
    if (said && said.view === view && (said.nextCursor === nextCursor || said.rows.length >= count)) return;
    this.#said = { store, state };
    // Not within the update that showed it.
    queueMicrotask(() => this.#host.announce(howMany(t, state)));
  }

  /** The arrows open a menu as well (ARIA Authoring Practices, "menu button"). */
  #handleKeydown = (event: Event): void => {
    const { key, target } = event as KeyboardEvent;
    const button = (target as Element).closest<HTMLElement>('[aria-haspopup=menu]');
    if (!button || (key !== 'ArrowDown' && key !== 'ArrowUp')) return;
    event.preventDefault();
    this.#menu.startsAtEnd = key === 'ArrowUp';
    button.click();
  };

  /** A name that is cut is told in full. */
  #handlePointer = ({ target }: Event): void => {
    const name = target as HTMLElement;
    if (name.matches('.even .name')) name.title = name.scrollWidth > name.clientWidth ? name.textContent.trim() : '';
  };

  /** Whether the list is asked for again without anybody pressing Retry. */
  get #retriesItself(): boolean {
    return this.#retries < MOST_RETRIES;
  }

  #handleVisibility = (): void => this.#host.element.requestUpdate();

  /** Back on line: what failed for want of a connection is asked for again. */
  #handleOnline = (): void => {
    const { failed, catalogueErrors } = (this.changes && this.#host.store.getState()) ?? {};
    if (failed?.error.code === 'network') void this.#host.store.retry();
    else if (Object.values(catalogueErrors ?? {}).some((error) => error?.code === 'network')) void this.#host.store.loadCatalogue();
  };

  /**
   * Nothing of the list before goes on; undefined: there is no list. But for the form: what was typed in it outlives a page
   * that renders anew, with another adapter or in another place.
   */
  follow(store: WebhookStore | undefined): void {
    this.#closeQuestions();
    this.form.abandon();
    this.#stopped = undefined;
    this.#retries = 0;
    this.#exporter.stop();
    this.#actions.forgetOutcome();
    // Not when it is drawn: an answer that is at hand comes before.
    store?.subscribe(() => {
      const { busy, status } = store.getState();
      if (busy || status === 'loading') this.#stopped = undefined;
    });
    this.#changes.follow(store && createWebhookChanges(store, this.#actions.stored));
  }

  #closeQuestions(): void {
    this.#menu.close();
    this.#confirmation.stop();
    this.#import.close();
    this.#deliveries.close();
    this.#test.close();
  }

  /** Nothing is open any more, and nothing selected. */
  close(): void {
    this.#closeQuestions();
    this.form.abandon();
    this.form.close();
    const { selected, select } = this.#host;
    if (selected.size) select([...selected], false);
  }

  /** Rows that are gone are selected no more. */
  #forgetGone(): void {
    const { store, selected, select } = this.#host;
    const { rows, arriving, busy } = store.getState();
    if (!selected.size || arriving || busy || rows === this.#known) return;
    this.#known = rows;
    const keys = new Set(rows.map(({ key }) => key));
    const gone = [...selected].filter((key) => !keys.has(key));
    if (gone.length) select(gone, false);
  }

  get messages(): Partial<Messages> {
    return this.#localization.messages ?? english;
  }

  get changes(): ChangeState | undefined {
    return this.#changes.source?.getState();
  }

  isPending = (id: string): boolean | undefined => this.changes?.pending.has(id);

  /** A row's health, and what became of what was done with it. */
  renderExtra = (webhook: Webhook) => {
    const { t } = this.#host;
    return [health(t, webhook), [deactivation(t, webhook), this.#actions.renderState(webhook)]] as const;
  };

  /** Whether a view that the page hands in says nothing new. Then it stays as the person has it by now. */
  isEcho(view: WebhookView): boolean {
    const { element, store } = this.#host;
    const now = store.getState().view;
    // Set by the element itself.
    if (view === now) return true;
    const isEcho = this.#echo.isEcho(view, now);
    if (isEcho) element.view = now;
    return isEcho;
  }

  /** Which of so many rows to render. */
  range(count: number): readonly [start: number, end: number] {
    return this.#window.range(count);
  }

  /** What is done in the list is heard in one place: listeners for the controls of each row would take longer than to draw them. */
  act(target: Element, type: string): void {
    const { store, canOpen, select, element } = this.#host;
    const { status, rows } = store.getState();
    // While those of another adapter stand in for what this one has, nothing is done with them.
    const webhooks = status === 'ready' ? rows.map((row) => ('webhook' in row ? row.webhook : undefined)) : [];
    const webhook = webhooks[Number(target.closest('.row')?.ariaRowIndex) - 2];
    const button = target.closest('button');
    if (type === 'change') {
      const box = target as HTMLInputElement;
      if (status !== 'ready') box.checked = false;
      const chosen = target.closest('.head') ? webhooks : [webhook];
      select(chosen.flatMap((one) => one?.id ?? []), box.checked);
    } else if (!webhook || target.closest('label, .notice')) return;
    else if (button?.ariaHasPopup) this.#openRowMenu(button, webhook);
    else if (button?.ariaExpanded) {
      if (!this.expanded.delete(webhook.id)) this.expanded.add(webhook.id);
      element.requestUpdate();
    }
    // The end of selecting text is not meant to open anything. (In a shadow root it counts as collapsed, but for its type.)
    else if (canOpen && (button || getSelection()?.type !== 'Range')) void this.form.edit(webhook.id);
  }

  #openMenu(button: HTMLElement, items: readonly MenuItem[]): void {
    this.form.interrupt();
    void this.#menu.open(button, items);
  }

  #openRowMenu(button: HTMLElement, webhook: Webhook): void {
    const { store, t } = this.#host;
    const canUpdate = store.adapter.can('update');
    const items: (MenuItem | false)[] = [
      canUpdate && { label: t('edit'), run: () => void this.form.edit(webhook.id) },
      { label: t('duplicate'), run: () => void this.form.duplicate(webhook.id) },
      canUpdate && {
        label: t(webhook.active ? 'deactivate' : 'activate'),
        run: () => void this.#actions.setActive(webhook, !webhook.active),
      },
      store.adapter.can('sendTest') && { label: t('sendTest'), run: () => this.#openTest(webhook) },
      store.adapter.can('listDeliveries') && { label: t('deliveries'), run: () => void this.#deliveries.open(webhook) },
      store.adapter.can('delete') && { label: t('delete'), danger: true, run: () => this.#actions.askDelete(webhook) },
    ];
    this.#openMenu(button, items.filter((item) => item !== false));
  }

  openMoreMenu(button: HTMLElement): void {
    const { t, store } = this.#host;
    const { status, rows, nextCursor, view } = store.getState();
    const isEmpty = status === 'ready' && !rows.length && nextCursor === undefined && !Object.keys(givenParts(view)).length;
    this.#openMenu(button, [
      { label: t('import'), run: () => void this.#import.open() },
      ...(isEmpty ? [] : [{ label: t('exportAll'), run: () => void this.#exporter.saveAll() }]),
    ]);
  }

  #openTest({ id, name, events, url, method, contentType, headers, test, active, authentication }: Webhook): void {
    const input = { name, events, url, method, contentType, headers, test, active, authentication };
    void this.#test.open({ id, input, eventTypes: this.#host.catalogue.eventTypes, send: this.form.sendTest! });
  }

  /** What stands above the list: the filters, or what one does with the rows that are selected; and how many there are. */
  renderFilters(eventTypes: readonly EventType[]): TemplateResult {
    const { t, store, selected } = this.#host;
    const state = store.getState();
    const { view, rows, status } = state;
    const setView = (change: WebhookView) => this.#setView(givenParts({ ...store.getState().view, ...change }));
    // Where nothing matches, the list's place offers it.
    const canClear = isFiltered(view) && (rows.length || status === 'failed');
    return html`${selected.size ? this.#actions.renderBar(this.#exporter.save) : filters({ t, view, eventTypes, setView })}
      <div class="result">
        <span class="muted">${rows.length ? howMany(t, state) : nothing}</span>
        ${canClear ? this.#renderClear() : nothing}
      </div>`;
  }

  /** Shows others, and with them no longer what could be seen of the ones before. */
  #setView(view: WebhookView): void {
    this.#changes.source?.clear();
    this.#actions.forgetOutcome();
    this.form.abandon();
    this.#echo.tell(view);
    this.#host.setView(view);
  }

  #renderClear(): TemplateResult {
    return html`<button type="button" @click=${this.#clearFilters}>${this.#host.t('clearFilters')}</button>`;
  }

  /** Takes back all that restricts, and not the order. */
  #clearFilters = (): void => {
    const { store, element } = this.#host;
    const { sort } = store.getState().view;
    this.#setView(sort ? { sort } : {});
    // The button is about to go.
    element.renderRoot.querySelector<HTMLElement>('[part=search]')?.focus();
  };

  /** What came of what was done last, where that is not to be seen in a row. */
  renderOutcomes(): unknown {
    const { t } = this.#host;
    return [
      this.form.renderOutcomes(),
      this.#actions.renderOutcomes(),
      this.#exporter.render(),
      this.#import.renderCut(),
      this.#stopped && calm(t('loadStopped'), [t('retry'), this.#stopped]),
    ];
  }

  /** How long the host does not want to be asked again. */
  renderWait(error: AdapterError): TemplateResult | typeof nothing {
    return wait(this.#host.t, this.#countdown.secondsLeft(error), this.#retriesItself ? 'tryingIn' : 'retryIn');
  }

  /** The list takes long; nothing is wrong yet. */
  renderPatience(): TemplateResult | typeof nothing {
    const { t, store } = this.#host;
    const { slow, busy } = store.getState();
    if (!slow) return nothing;
    const stop = () => {
      store.cancel();
      this.#stopped = () => void (busy === 'more' ? store.loadMore() : store.refresh(store.getState().rows.length));
    };
    return calm(t('slow'), [t('stop'), stop]);
  }

  renderNoMatch(): TemplateResult {
    const { t } = this.#host;
    return panel('empty', 'no-match', icons.hook, t('noMatch'), t('noMatchHint'), this.#renderClear());
  }

  /** What lies above the list: a menu, a question, the import. */
  render(): TemplateResult {
    return html`${this.#menu.render()}${this.#import.render()}${this.#confirmation.render()}${this.#deliveries.render()}${this.#test.render(this.#host.t)}`;
  }
}
