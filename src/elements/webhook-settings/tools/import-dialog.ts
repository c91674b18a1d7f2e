import { html, nothing, type TemplateResult } from 'lit';
import type { ListItem } from '../../../core/adapter-reader.js';
import { isInvalid, type FormField } from '../../../core/form/form-fields.js';
import type { MessageKey } from '../../../core/messages/index.js';
import { inSlices } from '../../../core/store/slices.js';
import { createWebhookForm, type WebhookForm } from '../../../core/form/webhook-form.js';
import { readExport } from '../../../core/store/transfer.js';
import type { Webhook } from '../../../core/webhook.js';
import { closeDialog, framedDialog, showDialog } from '../../shared/dialog-frame.js';
import { spokenAnew } from '../../shared/live-text.js';
import { errorText } from '../../shared/notice.js';
import type { FormHost } from './form-host.js';
import type { ToolsHost } from './tools-host.js';

interface Candidate {
  readonly name: string;
  readonly webhook?: Webhook;
  /** A form filled in from it: the same rules judge what is imported and what is typed. */
  readonly form?: WebhookForm;
  readonly problems: readonly string[];
  readonly needsSecrets?: boolean;
  added?: boolean;
  failure?: string;
}

/** Shows what a file holds, with what is wrong with it, and adds it when the person says so. */
export class ImportDialog {
  readonly #host: ToolsHost;
  readonly #form: FormHost;
  #isOpen = false;
  #candidates: readonly Candidate[] = [];
  #isInvalid = false;
  /** What the live region inside the dialog says. */
  #said = '';
  /** Whether that is what came of adding, which is to be seen as well; how many there are can be counted. */
  #isOutcome = false;
  #running: AbortController | undefined;
  #file: File | undefined;

  constructor(host: ToolsHost, form: FormHost) {
    this.#host = host;
    this.#form = form;
  }

  async open(): Promise<void> {
    this.#isOpen = true;
    this.#candidates = [];
    this.#isInvalid = false;
    this.#say('', false);
    await showDialog(this.#host.element, 'import');
  }

  close(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#isOpen = false;
    closeDialog(this.#host.element, 'import');
  }

  #candidate(item: ListItem): Candidate {
    const { t } = this.#host;
    if ('malformed' in item) {
      const { name, paths } = item.malformed;
      return { name: name ?? t('unnamed'), problems: [t('malformed', { paths: paths.join(', ') })] };
    }
    const { webhook } = item;
    const { allowPrivateNetwork } = this.#host.catalogue;
    const form = createWebhookForm({ template: webhook, allowPrivateNetwork });
    const isMissing = ({ definition, value }: FormField) => definition?.kind === 'secret' && !value;
    const problems = form.fields.all
      // A user name may be empty beside a password, which is asked for.
      .filter((field) => isInvalid(field) && !isMissing(field) && field.findings[0]?.code !== 'basic.empty')
      .map((field) => {
        const label = t(field.label);
        const { code, params } = field.findings.find(({ severity }) => severity === 'error')!;
        return t('importProblem', { label, text: t(code, { ...params, label }) });
      });
    return { name: webhook.name, webhook, form, problems, needsSecrets: form.fields.all.some(isMissing) };
  }

  /** What is wrong by now: the catalogue may have come after the file. */
  #problemsOf({ problems, webhook }: Candidate): string[] {
    return webhook ? [...problems, ...this.#unknown(webhook)] : [...problems];
  }

  /** What the form would not offer: another account's events, organizations or types. */
  #unknown({ events, authentication: { type, credentials } }: Webhook): string[] {
    const { t, catalogue } = this.#host;
    const { eventTypes, organizations, authTypes, eventSelection } = catalogue;
    const unknown = (label: MessageKey, values: readonly (string | undefined)[], known: readonly string[]) =>
      values
        .filter((value) => value !== undefined && !known.includes(value))
        .map((value) => t('importProblem', { label: t(label), text: t('importUnknown', { value: value! }) }));
    return [
      ...unknown('field.events', events, eventTypes.map(({ id }) => id)),
      ...unknown('field.organizationId', credentials.map(({ organizationId }) => organizationId), organizations.map(({ id }) => id)),
      ...unknown('field.type', [type], authTypes),
      ...(eventSelection === 'single' && events.length > 1
        ? [t('importProblem', { label: t('field.events'), text: t('importOneEvent') })]
        : []),
    ];
  }

  async #read(file: File | undefined): Promise<void> {
    if (!file) return;
    this.#file = file;
    const isCurrent = () => this.#isOpen && file === this.#file;
    this.#isInvalid = false;
    this.#candidates = [];
    try {
      const items = readExport(await file.text());
      // A file may hold thousands: the page stays alive meanwhile.
      await inSlices(items, (slice) => {
        if (!isCurrent()) return false;
        this.#candidates = [...this.#candidates, ...slice.map((item) => this.#candidate(item))];
        this.#host.element.requestUpdate();
        return true;
      });
    } catch {
      // Said below.
    }
    // Another file was chosen since.
    if (!isCurrent()) return;
    const count = this.#candidates.length;
    this.#isInvalid = !count;
    this.#say(count ? this.#host.t('shown', { count }) : '', false);
  }

  get #ready(): Candidate[] {
    return this.#candidates.filter((one) => !one.needsSecrets && !one.added && !this.#problemsOf(one).length);
  }

  async #add(): Promise<void> {
    if (this.#running) return;
    const { signal } = (this.#running = new AbortController());
    const { t } = this.#host;
    const ready = this.#ready;
    for (const candidate of ready) {
      if (signal.aborted) return;
      delete candidate.failure;
      // The form makes the input and keeps one idempotency key for all tries.
      await candidate.form!.submit(({ input, idempotencyKey }) =>
        this.#form.create(input, { signal, idempotencyKey }),
      );
      const { failure } = candidate.form!.getState();
      candidate.added = !failure;
      if (failure) candidate.failure = errorText(t, failure);
      this.#host.element.requestUpdate();
    }
    const count = ready.filter(({ added }) => added).length;
    this.#running = undefined;
    this.#say(t('importProblem', { label: t('importAdded'), text: t('progress', { count, total: ready.length }) }));
  }

  async #enterSecrets(candidate: Candidate): Promise<void> {
    candidate.added = await this.#form.addFrom(candidate.webhook!);
    if (candidate.added) this.#say(this.#host.t('added', { name: candidate.name }));
    else this.#host.element.requestUpdate();
  }

  #say(text: string, isOutcome = true): void {
    this.#isOutcome = isOutcome;
    this.#said = spokenAnew(text, this.#said);
    this.#host.element.requestUpdate();
  }

  #status(candidate: Candidate): unknown {
    const { t } = this.#host;
    const { name, needsSecrets, added, failure } = candidate;
    if (added) return t('importAdded');
    const problems = this.#problemsOf(candidate);
    if (problems.length) return problems.map((problem) => html`<div class="problem">${problem}</div>`);
    if (needsSecrets)
      return html`<button type="button" aria-label=${t('importEnter', { name })} @click=${() => this.#enterSecrets(candidate)}>
        ${t('importEnterSecrets')}
      </button>`;
    return failure ? html`<div class="problem">${failure}</div>` : t('importReady');
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#isOpen) return nothing;
    const { t } = this.#host;
    const ready = this.#ready.length;
    return framedDialog(t, {
      name: 'import',
      title: t('importTitle'),
      close: () => this.close(),
      body: html`<p role="status" class=${this.#isOutcome ? 'hint' : 'hidden-text'}>${this.#said}</p>
        <p>${t('importHint')}</p>
        <input
          type="file"
          accept=".json,application/json"
          aria-label=${t('importFile')}
          @change=${(event: Event) => this.#read((event.target as HTMLInputElement).files?.[0])}
        />
        ${this.#isInvalid ? html`<p class="problem" role="alert">${t('importInvalid')}</p>` : nothing}
        <ul class="candidates">
          ${this.#candidates.map(
            (candidate) =>
              html`<li>
                <div><strong dir="auto">${candidate.name}</strong><div class="muted" dir="ltr">${candidate.webhook?.url}</div></div>
                <div>${this.#status(candidate)}</div>
              </li>`,
          )}
        </ul>`,
      buttons: ready || this.#running
        ? html`<button type="button" class="primary" aria-disabled=${this.#running ? 'true' : nothing} @click=${() => this.#add()}>
            ${t('importOne', { count: ready })}
          </button>`
        : nothing,
    });
  }
}
