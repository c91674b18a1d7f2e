import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Countdown } from '../../../controllers/countdown.js';
import type { AdapterErrorCode } from '../../../core/adapter-error.js';
import type { MessageKey } from '../../../core/messages/index.js';
import { inSlices } from '../../../core/store/slices.js';
import { readExport, readExported } from '../../../core/store/transfer.js';
import type { WebhookChanges } from '../../../core/store/webhook-changes.js';
import { closeDialog, framedDialog, showDialog } from '../../shared/dialog-frame.js';
import { spokenAnew } from '../../shared/live-text.js';
import { errorText, notice } from '../../shared/notice.js';
import { wait } from '../../shared/wait.js';
import type { FormHost } from './form-host.js';
import { idEnd, isReady, judge, rank, readCandidate, type Candidate, type Choices, type Offer, type Problem } from './import-candidate.js';
import { ImportRun } from './import-run.js';
import { calm } from './notices.js';
import type { ToolsHost } from './tools-host.js';

/** How many candidates are shown at a time. */
const SHOWN = 100;

/** What can be mended in the form. */
const mendable: ReadonlySet<AdapterErrorCode> = new Set(['validation', 'conflict']);

/** Shows what a file holds, with what is wrong with it, and adds it when the person says so. */
export class ImportDialog {
  readonly #host: ToolsHost;
  readonly #form: FormHost;
  readonly #changes: () => WebhookChanges | undefined;
  readonly #countdown: Countdown;
  #isOpen = false;
  #file: File | undefined;
  #isInvalid = false;
  /** As they are in the file. */
  #candidates: Candidate[] = [];
  /** As they are shown, and how many of them. */
  #order: readonly Candidate[] = [];
  #shown = SHOWN;
  /** What they were judged by, and what that was made of. */
  #offer: Offer | undefined;
  #offered: readonly unknown[] = [];
  /** What the live region inside the dialog says. */
  #said = '';
  /** Whether that is what came of adding. */
  #isOutcome = false;
  #isDropping = false;
  #running: ImportRun | undefined;
  /** Adding ended before all had their turn. */
  #isUnfinished = false;
  /** What came of adding that the page cut off, by another adapter. */
  #cut = '';

  constructor(host: ToolsHost, form: FormHost, changes: () => WebhookChanges | undefined) {
    this.#host = host;
    this.#form = form;
    this.#changes = changes;
    this.#countdown = new Countdown(host.element);
  }

  async open(): Promise<void> {
    this.#isOpen = true;
    this.#file = undefined;
    this.#cut = '';
    this.#clear();
    await showDialog(this.#host.element, 'import');
  }

  close(): void {
    this.#running?.stop();
    this.#running = undefined;
    this.#isOpen = false;
    closeDialog(this.#host.element, 'import');
  }

  /** While webhooks are added, that stops first; closing is another step. */
  #dismiss = (): void => {
    if (!this.#running) return this.close();
    this.#running.stop();
    // A browser may have closed it without asking.
    void showDialog(this.#host.element, 'import');
  };

  #clear(): void {
    this.#isInvalid = this.#isUnfinished = this.#isDropping = false;
    this.#candidates = [];
    this.#order = [];
    this.#shown = SHOWN;
    this.#say('');
  }

  #say(text: string, isOutcome = false): void {
    this.#isOutcome = isOutcome;
    this.#said = text && spokenAnew(text, this.#said);
    this.#update();
  }

  #update(): void {
    this.#host.element.requestUpdate();
  }

  /** What is on offer by now; when that is something else, all are judged anew. */
  #follow(): void {
    const { store, element, catalogue } = this.#host;
    const { eventTypes, organizations, authTypes, eventSelection } = catalogue;
    const { catalogueErrors, ...state } = store.getState();
    const isComplete = (given: unknown, call: 'listEventTypes' | 'listOrganizations') =>
      !!given || !store.adapter.can(call) || (call in catalogueErrors && !catalogueErrors[call]);
    const [hasEvents, hasOrganizations] = [isComplete(element.eventTypes, 'listEventTypes'), isComplete(element.organizations, 'listOrganizations')];
    const offered = [eventTypes, organizations, authTypes, eventSelection, hasEvents, hasOrganizations, state.eventTypes];
    if (offered.every((one, index) => one === this.#offered[index])) return;
    this.#offered = offered;
    const choices = (items: readonly { id: string }[], isComplete: boolean): Choices => ({ ids: new Set(items.map(({ id }) => id)), isComplete });
    this.#offer = {
      // Until the host has answered, those of the original stand in for its own.
      events: choices(hasEvents || state.eventTypes ? eventTypes : [], hasEvents),
      organizations: choices(organizations, hasOrganizations),
      types: { ids: new Set(authTypes), isComplete: true },
      isSingle: eventSelection === 'single',
    };
    for (const candidate of this.#candidates) judge(candidate, this.#offer);
    this.#arrange();
  }

  /** Of a long list those come first that there is something to do about. */
  #arrange(): void {
    const all = [...this.#candidates];
    this.#order = all.length > SHOWN ? all.sort((a, b) => rank(a) - rank(b)) : all;
  }

  async #read(file: File | undefined): Promise<void> {
    if (!file || this.#running) return;
    this.#file = file;
    this.#clear();
    const isCurrent = () => this.#isOpen && file === this.#file;
    const { allowPrivateNetwork } = this.#host.catalogue;
    try {
      const items = readExport(await file.text());
      // A file may hold thousands: the page stays alive meanwhile.
      await inSlices(items, (slice) => {
        if (!isCurrent()) return false;
        for (const item of slice) {
          const candidate = readCandidate(readExported(item), { allowPrivateNetwork });
          if (this.#offer) judge(candidate, this.#offer);
          this.#candidates.push(candidate);
        }
        this.#arrange();
        this.#update();
        return true;
      });
    } catch {
      // Said below.
    }
    // Another file was chosen since.
    if (!isCurrent()) return;
    const count = this.#candidates.length;
    this.#isInvalid = !count;
    if (!this.#running) this.#say(count ? this.#host.t('shown', { count }) : '');
  }

  async #add(): Promise<void> {
    if (this.#running) return;
    const mine = (this.#running = new ImportRun(this.#form, this.#candidates.filter(isReady), () => this.#update()));
    this.#isUnfinished = false;
    this.#say('');
    await this.#changes()?.batch(() => mine.run());
    if (mine === this.#running) {
      this.#running = undefined;
      this.#arrange();
      this.#say(this.#outcomeText(mine.queue), true);
    } else {
      this.#cut = this.#outcomeText(mine.queue);
      this.#host.announce(this.#cut);
    }
  }

  /** What came of adding these. */
  #outcomeText(queue: readonly Candidate[]): string {
    const { t } = this.#host;
    const count = queue.filter(({ isAdded }) => isAdded).length;
    const failed = queue.filter(({ form }) => form?.getState().failure).length;
    const left = queue.length - count - failed;
    this.#isUnfinished = left > 0;
    return [t('importDone', { count }), failed && t('importFailed', { count: failed }), left && t('importLeft', { count: left })]
      .filter(Boolean)
      .join(' ');
  }

  /** Opens it in the form, where its secrets are missing or something is to be mended. */
  async #openForm(candidate: Candidate, at: string | undefined): Promise<void> {
    candidate.isAdded = await this.#form.addFrom(candidate.webhook!, at && `[id$="${at}"]`);
    if (candidate.isAdded) this.#say(this.#host.t('added', { name: candidate.name! }), true);
    else this.#update();
  }

  #handleDrag = (event: DragEvent): void => {
    const { type, dataTransfer, currentTarget, relatedTarget } = event;
    if (!dataTransfer?.types.includes('Files')) return;
    // Else the browser goes to the file, away from the page.
    event.preventDefault();
    if (this.#running) {
      dataTransfer.dropEffect = 'none';
      return;
    }
    const isWithin = type === 'dragleave' && (currentTarget as Node).contains(relatedTarget as Node | null);
    const isDropping = type === 'dragover' || isWithin;
    if (isDropping !== this.#isDropping) this.#update();
    this.#isDropping = isDropping;
    if (type !== 'drop') return;
    const [file] = dataTransfer.files;
    this.#name(file);
    void this.#read(file);
  };

  /** Shows in the field which file it is, whatever way that came. */
  #name(file: File | undefined): void {
    const transfer = new DataTransfer();
    if (file) transfer.items.add(file);
    this.#host.element.renderRoot.querySelector<HTMLInputElement>('.import [type=file]')!.files = transfer.files;
  }

  #label(key: MessageKey): string {
    return this.#host.t(key === 'field.events' && this.#offer?.isSingle ? 'field.event' : key);
  }

  #problem = ({ label: key, text, params }: Problem): string => {
    const { t } = this.#host;
    if (!key) return t(text, params);
    const label = this.#label(key);
    return t('importProblem', { label, text: t(text, { ...params, label }) });
  };

  /** What the host said of it: by field, where it told. */
  #refusals({ form }: Candidate): string[] {
    const { t } = this.#host;
    const { failure, serverErrors } = form!.getState();
    if (!failure) return [];
    const fields = form!.fields.all.filter(({ id }) => serverErrors.has(id)).map(({ id, label }) => [this.#label(label), serverErrors.get(id)!] as const);
    const said = [...fields, ...failure.elsewhere].map(([label, text]) => t('importProblem', { label, text }));
    return failure.message || !said.length ? [errorText(t, failure), ...said] : said;
  }

  /** What is to be said of it, and what can be done with it or else how it stands. */
  #standing(candidate: Candidate): readonly [notes: readonly string[], action: unknown] {
    const { t } = this.#host;
    const { form, missing, problems, isUnsure, isAdded } = candidate;
    const name = candidate.name!;
    const muted = (key: MessageKey) => html`<span class="muted">${t(key)}</span>`;
    const mend = (at: string | undefined) =>
      html`<button type="button" @click=${() => this.#openForm(candidate, at)}>
        ${t('importFix')} <bdi class="hidden-text">${name}</bdi>
      </button>`;
    if (isAdded) return [[], html`<span class="done">${t('importAdded')}</span>`];
    const { saving, stopped, failure, serverErrors } = form?.getState() ?? {};
    if (saving) return [[], muted('importAdding')];
    if (problems.length) return [problems.map(this.#problem), form && mend(problems[0]!.at)];
    if (isUnsure) return [[], muted('importUnchecked')];
    if (missing)
      return [
        [],
        html`<button type="button" aria-label=${t('importEnter', { name })} @click=${() => this.#openForm(candidate, missing)}>
          ${t('importEnterSecrets')}
        </button>`,
      ];
    if (failure) {
      const [field] = [...serverErrors!.keys()];
      const canMend = mendable.has(failure.code) && !this.#running;
      return [this.#refusals(candidate), canMend ? mend(field && idEnd(field)) : muted('importNotAdded')];
    }
    if (stopped) return [[t('importStopped')], nothing];
    return [[], muted(this.#isUnfinished ? 'importNotAdded' : 'importReady')];
  }

  #renderCandidate = (candidate: Candidate): TemplateResult => {
    const { t } = this.#host;
    const { name, webhook, isGarbled, form } = candidate;
    const [notes, action] = this.#standing(candidate);
    return html`<li>
      <div>
        <strong dir="auto">${name?.trim() || t('unnamed')}</strong>
        <div class="muted" dir="ltr">${webhook?.url}</div>
        ${notes.map((text) => html`<div class=${form?.getState().stopped ? 'doubt' : 'problem'}>${text}</div>`)}
        ${isGarbled ? html`<div class="doubt">${t('importGarbled')}</div>` : nothing}
      </div>
      <div>${action}</div>
    </li>`;
  };

  /** How far adding is, or what came of what was done last. Its live region stays in its place. */
  #renderOutcome(): TemplateResult {
    const { t } = this.#host;
    const running = this.#running;
    const { waiting, isSlow, done, queue: { length: total } = [] } = running ?? {};
    const text = waiting ? errorText(t, waiting) : isSlow ? t('slow') : running ? t('importAdding') : this.#said;
    return html`<div class=${running || this.#isOutcome ? 'sticky notice calm' : text ? 'muted' : 'hidden-text'}>
      <div>
        <div role="status">${text}</div>
        ${wait(t, this.#countdown.secondsLeft(waiting), 'tryingIn')}
      </div>
      ${done !== undefined
        ? html`<span>${t('progress', { count: done, total })}</span>
            <progress max=${total} .value=${done} aria-label=${t('importTitle')}></progress>`
        : nothing}
    </div>`;
  }

  /** Where there is something to check that the host has not told, or failed to tell. */
  #renderUnsure(): TemplateResult | typeof nothing {
    const { t, catalogue } = this.#host;
    if (!this.#candidates.some(({ isUnsure, isAdded }) => isUnsure && !isAdded)) return nothing;
    const { retryCatalogue } = catalogue;
    return retryCatalogue ? notice(t('catalogueFailed'), '', t('retry'), retryCatalogue) : html`<p class="muted">${t('importChecking')}</p>`;
  }

  /** Above the list: what came of adding, where the dialog cannot tell. */
  renderCut(): TemplateResult | typeof nothing {
    const close = () => {
      this.#cut = '';
      this.#update();
    };
    return this.#cut ? calm(this.#cut, [this.#host.t('close'), close]) : nothing;
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#isOpen) return nothing;
    this.#follow();
    const { t } = this.#host;
    const isRunning = !!this.#running;
    const ready = this.#candidates.filter(isReady).length;
    const more = this.#order.length - this.#shown;
    const dialog = framedDialog(t, {
      name: this.#isDropping ? 'import dropping' : 'import',
      title: t('importTitle'),
      close: this.#dismiss,
      closeLabel: isRunning ? t('stopAction') : undefined,
      body: html`<p>${t('importHint')}</p>
        <input
          type="file"
          accept=".json,application/json"
          aria-label=${t('importFile')}
          ?disabled=${isRunning}
          @click=${({ target }: Event) => {
            // Chosen again, a file that was changed meanwhile would be no change.
            (target as HTMLInputElement).value = '';
          }}
          @cancel=${() => this.#name(this.#file)}
          @change=${({ target }: Event) => this.#read((target as HTMLInputElement).files?.[0])}
        />
        ${this.#isInvalid ? html`<p class="problem" role="alert">${t('importInvalid')}</p>` : nothing}
        ${this.#renderUnsure()}${this.#renderOutcome()}
        <ul class="candidates">
          ${repeat(this.#order.slice(0, this.#shown), (candidate) => candidate, this.#renderCandidate)}
        </ul>
        ${more > 0
          ? html`<div class="foot">
              <span>${t('andMore', { count: more })}</span>
              <button
                type="button"
                @click=${() => {
                  this.#shown += SHOWN;
                  this.#update();
                }}
              >
                ${t('loadMore')}
              </button>
            </div>`
          : nothing}`,
      buttons: ready || isRunning
        ? html`<button type="button" class="primary" aria-disabled=${isRunning ? 'true' : nothing} @click=${() => this.#add()}>
            ${isRunning ? t('importAdding') : t('importOne', { count: ready })}
          </button>`
        : nothing,
    });
    // What is dropped beside the field is taken as well.
    return html`<div @dragover=${this.#handleDrag} @dragleave=${this.#handleDrag} @drop=${this.#handleDrag}>${dialog}</div>`;
  }
}
