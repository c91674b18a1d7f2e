import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { AuthTypeId } from '../../core/auth/index.js';
import { isInvalid, type FormField } from '../../core/form/form-fields.js';
import type { FieldId } from '../../core/form/form-state.js';
import { createWebhookForm, type WebhookForm, type WebhookFormOptions } from '../../core/form/webhook-form.js';
import type { MessageKey } from '../../core/messages/index.js';
import { contentTypes, httpMethods } from '../../core/webhook.js';
import { icons } from '../shared/icons.js';
import { spokenAnew } from '../shared/live-text.js';
import { errorText } from '../shared/notice.js';
import type { Translate } from '../shared/translate.js';
import { credentials, headerRows } from './credentials-view.js';
import { problemText, eventsField, fieldLabel, selectField, switchField, textField, type Choice } from './field-view.js';
import type { FormContext, FormProperties } from './form-context.js';

/** The form on screen for one opening of the modal, and what is of the screen alone: focus, shown secrets. */
export class FormView {
  readonly form: WebhookForm;
  readonly #host: ReactiveControllerHost;
  readonly #root: ShadowRoot;
  readonly #shown = new Set<FieldId>();
  #announcement = '';
  #isPressed = false;
  readonly #left = new Set<FieldId>();

  constructor(host: ReactiveControllerHost, root: ShadowRoot, options: WebhookFormOptions) {
    this.#host = host;
    this.#root = root;
    this.form = createWebhookForm(options);
  }

  get #broken(): FormField[] {
    return this.form.fields.all.filter((field) => isInvalid(field) || field.serverError !== undefined);
  }

  /** To the first field with an error, with the sum of them said, or else to what went wrong. */
  focusFirstError(t: Translate): void {
    const broken = this.#broken;
    // What the host refused is an alert by itself.
    if (broken.length && !this.form.getState().failure) this.say(t('summaryTitle', { count: broken.length }));
    const id = broken[0]?.id ?? 'form-failure';
    const target = this.#root.getElementById(id) ?? this.#root.getElementById(`${id}-replace`);
    target?.focus();
    // With what is said below it.
    target?.scrollIntoView({ block: 'center' });
  }

  /** A finding moves what is below it: not while a press is on its way to a button there. */
  #leave(id: FieldId): void {
    if (this.#isPressed) this.#left.add(id);
    else this.form.leave(id);
  }

  press(): void {
    this.#isPressed = true;
    // The click comes after the pointer is up, wherever that is.
    const release = () =>
      void setTimeout(() => {
        removeEventListener('pointerup', release, true);
        removeEventListener('pointercancel', release, true);
        this.#isPressed = false;
        for (const id of this.#left) this.form.leave(id);
        this.#left.clear();
      });
    addEventListener('pointerup', release, true);
    addEventListener('pointercancel', release, true);
  }

  /** Says it in the form's live region. */
  say = (text: string): void => {
    this.#announcement = spokenAnew(text, this.#announcement);
    this.#host.requestUpdate();
  };

  render(properties: FormProperties): TemplateResult {
    const host = this.#host;
    const root = this.#root;
    const { all } = this.form.fields;
    // Another time the field is there it is masked again.
    for (const id of this.#shown) if (!all.some((field) => field.id === id && !field.kept)) this.#shown.delete(id);
    const context: FormContext = {
      ...properties,
      form: this.form,
      shown: this.#shown,
      leave: (id) => this.#leave(id),
      toggleShown: (id) => {
        if (!this.#shown.delete(id)) this.#shown.add(id);
        host.requestUpdate();
      },
      focus: (...ids) =>
        void host.updateComplete.then(() => {
          const there = ids.map((id) => root.getElementById(id)).find(Boolean);
          there?.focus();
        }),
      announce: this.say,
    };
    return renderForm(context, this.#broken, this.#announcement);
  }
}

/** What stands in the way of saving: the host's answer, and a link to each field that has an error. */
function problems(context: FormContext, broken: readonly FormField[]): TemplateResult | typeof nothing {
  const { t, form, focus } = context;
  const { submitted, failure, stopped } = form.getState();
  if (stopped) return html`<div class="notice calm" role="alert"><div>${t('savingStopped')}</div></div>`;
  if (!failure && !(submitted && broken.length)) return nothing;
  const label = (field: FormField) => {
    const { blocks, headers } = form.fields;
    const isIn = ({ key }: { key: string }) => field.id.startsWith(`${key}.`);
    const place = blocks.findIndex((block) => isIn(block) || block.rows.some(isIn));
    const block = blocks[place];
    // Of several alike it says which.
    const organization =
      block?.organization &&
      (context.organizations.find(({ id }) => id === block.organization!.value)?.name ?? t('credentialNumber', { number: place + 1 }));
    const row = (block?.rows ?? headers).findIndex(isIn);
    return [organization, row >= 0 && t('headerNumber', { number: row + 1 }), fieldLabel(context, field)].filter(Boolean).join(': ');
  };
  return html`<div part="error" class="notice" id="form-failure" tabindex="-1" role="group" aria-labelledby="form-failure-title" aria-describedby=${failure ? 'form-failure-text' : nothing}>
    ${icons.alert}
    <div>
      <p id="form-failure-title">
        <strong>${failure ? t('saveFailed') : t('summaryTitle', { count: broken.length })}</strong>
      </p>
      ${failure
        ? html`<p id="form-failure-text">
            ${errorText(t, failure)}
            ${context.wait ? html`<span aria-live="off">${t('retryIn', { count: context.wait })}</span>` : nothing}
          </p>`
        : nothing}
      <ul>
        ${broken.map(
          (field) =>
            html`<li>
              <a
                href="#${field.id}"
                @click=${(event: Event) => {
                  event.preventDefault();
                  focus(field.id, `${field.id}-replace`);
                }}
                >${label(field)}</a
              >${field.findings[0]?.code === 'required' ? nothing : html`: ${problemText(context, field)}`}
            </li>`,
        )}
        ${failure?.elsewhere.map(([path, text]) => html`<li>${path}: ${text}</li>`)}
      </ul>
    </div>
  </div>`;
}

function renderForm(context: FormContext, broken: readonly FormField[], announcement: string): TemplateResult {
  const { t, form, eventTypes, authTypes, eventSelection, retryCatalogue } = context;
  const { name, events, url, method, contentType, type, headers } = form.fields;
  const state = form.getState();
  const options = (values: readonly string[]): Choice[] =>
    values.map((value) => ({ value, label: t(`option.${value}` as MessageKey) }));
  const eventChoices = eventTypes.map(({ id, label, group }) => ({ value: id, label, group }));
  // A type that a stored webhook has is shown even where it is no longer offered.
  const types = state.type && !authTypes.includes(state.type) ? [...authTypes, state.type] : authTypes;
  return html`<div class="form">
    <p role="status" class="hidden-text">${announcement}</p>
    ${form.getState().failure && broken.length ? html`<div role="alert">${problems(context, broken)}</div>` : problems(context, broken)}
    ${retryCatalogue
      ? html`<div part="error" class="notice" role="alert">
          ${icons.alert}
          <div>${t('catalogueFailed')}</div>
          <button type="button" @click=${retryCatalogue}>${t('retry')}</button>
        </div>`
      : nothing}
    ${form.isCopy ? html`<p class="notice calm">${t('secretsNotCopied')}</p>` : nothing}
    <p class="hint">${t('requiredNote')}</p>
    <section>
      ${textField(context, name, { hint: 'hint.name' })}
      ${eventSelection === 'multiple'
        ? eventsField(context, events, eventChoices)
        : selectField(context, events, eventChoices, (value) => form.setEvents([value]))}
      ${textField(context, url, { inputmode: 'url' })}
      <div class="grid">
        ${selectField(
          context,
          method,
          httpMethods.map((value) => ({ value, label: value })),
          (value) => form.setText('method', value),
        )}
        ${selectField(context, contentType, options(contentTypes), (value) => form.setText('contentType', value))}
      </div>
    </section>
    <section>
      ${switchField(context, 'test')} ${switchField(context, 'active')} ${switchField(context, 'organizationSpecific')}
    </section>
    <section aria-labelledby="authentication-heading">
      <h3 id="authentication-heading">${t('authentication')}</h3>
      ${selectField(
        context,
        type,
        types.map((value) => ({ value, label: t(`auth.${value}`) })),
        (value) => form.setType(value as AuthTypeId),
      )}
      ${credentials(context)}
    </section>
    <section aria-labelledby="headers-heading">
      <div>
        <h3 id="headers-heading">${t('headers')}</h3>
        <p class="hint">${t('headersHint')}</p>
      </div>
      ${headerRows(context, headers)}
    </section>
  </div>`;
}
