import { html, nothing, type TemplateResult } from 'lit';
import { fieldProblem, type FormField } from '../../core/form/form-fields.js';
import type { Flag } from '../../core/form/form-state.js';
import type { MessageKey } from '../../core/messages/index.js';
import { awsRegions, awsServices } from '../../core/rules/aws4-suggestions.js';
import type { FormContext } from './form-context.js';

const suggestions = { awsRegions, awsServices };

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly group?: string | undefined;
}

/** In the catalogue's groups; what has none is framed by nothing. */
const inGroups = (
  choices: readonly Choice[],
  render: (choice: Choice) => TemplateResult,
  frame: (group: string, members: readonly TemplateResult[]) => TemplateResult,
): unknown =>
  [...new Set(choices.map(({ group }) => group))].map((group) => {
    const members = choices.filter((choice) => choice.group === group).map(render);
    return group === undefined ? members : frame(group, members);
  });

export interface FieldOptions {
  readonly hint?: MessageKey;
  readonly inputmode?: 'url';
}

/** A field's label; that of the events says how many there may be. */
export const fieldLabel = ({ t, eventSelection }: FormContext, { id, label }: FormField): string =>
  t(id === 'events' && eventSelection === 'single' ? 'field.event' : label);

const problemOf = ({ t }: FormContext, field: FormField, label: string) => {
  const problem = fieldProblem(field);
  if (!problem) return undefined;
  const { finding, text, error } = problem;
  return { text: text ?? t(finding!.code, { ...finding!.params, label }), error, code: finding?.code };
};

/** What is wrong with a field, in words; undefined when nothing is, or not to be said yet. */
export const problemText = (context: FormContext, field: FormField): string | undefined => {
  const problem = problemOf(context, field, fieldLabel(context, field));
  return problem?.error ? problem.text : undefined;
};

/** A label, its control, its hint and its error: together, so that each is in the same root as the others. */
function frame(
  context: FormContext,
  field: FormField,
  { hint }: FieldOptions,
  control: (attributes: { describedBy: string | typeof nothing; invalid: 'true' | typeof nothing; label: string }) => unknown,
): TemplateResult {
  const { t, form, authTypes } = context;
  const { id } = field;
  const label = fieldLabel(context, field);
  const problem = problemOf(context, field, label);
  const optional = field.definition?.optional;
  const described = [optional && `${id}-optional`, hint && `${id}-hint`, problem && `${id}-error`].filter(Boolean).join(' ');
  return html`<div part="field" class="field">
    <div class="label">
      <label part="label" for=${id} id="${id}-label">${label}</label>
      ${optional ? html`<span class="muted" id="${id}-optional">${t('optional')}</span>` : nothing}
    </div>
    ${control({ describedBy: described || nothing, invalid: problem?.error ? 'true' : nothing, label })}
    ${hint ? html`<p part="hint" class="hint" id="${id}-hint">${t(hint)}</p>` : nothing}
    ${problem
      ? html`<p part="field-error" class=${problem.error ? 'problem error' : 'problem'} id="${id}-error">${problem.text}</p>`
      : nothing}
    ${id === 'url' && field.findings.some(({ code }) => code === 'url.userinfo') && authTypes.includes('basic')
      ? html`<button type="button" class="inline" @click=${() => form.moveUserinfo()}>${t('moveUserinfo')}</button>`
      : nothing}
  </div>`;
}

const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;

/** What every text field has; a secret's is the same but for its type. What it holds is in its property alone. */
function input(
  { form, leave }: FormContext,
  { id, value, definition, optional }: FormField,
  { describedBy, invalid }: { describedBy: string | typeof nothing; invalid: 'true' | typeof nothing },
  type: 'text' | 'password' = 'text',
  inputmode?: 'url',
): TemplateResult {
  const secret = definition?.kind === 'secret';
  return html`<input
    part="input"
    class=${secret ? 'typed-secret' : nothing}
    id=${id}
    type=${type}
    dir=${id === 'name' ? 'auto' : 'ltr'}
    autocomplete=${secret ? 'new-password' : 'off'}
    ?autofocus=${id === 'name'}
    autocapitalize="none"
    autocorrect="off"
    spellcheck="false"
    writingsuggestions="false"
    inputmode=${inputmode ?? nothing}
    placeholder=${inputmode ? 'https://' : nothing}
    data-1p-ignore
    data-lpignore="true"
    data-bwignore
    data-form-type="other"
    list=${definition?.suggestions ? `${id}-list` : nothing}
    aria-required=${optional ? nothing : 'true'}
    aria-invalid=${invalid}
    aria-describedby=${describedBy}
    .value=${value}
    @input=${(event: Event) => form.setText(id, valueOf(event))}
    @blur=${() => leave(id)}
  />`;
}

export function textField(context: FormContext, field: FormField, options: FieldOptions = {}): TemplateResult {
  const list = field.definition?.suggestions;
  return frame(
    context,
    field,
    options,
    (attributes) => html`${input(context, field, attributes, 'text', options.inputmode)}${list
      ? html`<datalist id="${field.id}-list">${suggestions[list].map((one) => html`<option value=${one}></option>`)}</datalist>`
      : nothing}`,
  );
}

/**
 * A secret: typed once, never shown again. Its characters are in the control's property alone, never in an attribute,
 * and its events stop at the shadow root (see `typed-secrets.ts`).
 */
export function secretField(context: FormContext, field: FormField): TemplateResult {
  const { t, form, shown, toggleShown, focus } = context;
  const { id, kept, replaces, wasSecret } = field;
  const visible = shown.has(id);
  const button = (text: string, press: () => void, suffix: string) =>
    html`<button type="button" id="${id}-${suffix}" aria-describedby="${id}-label" @click=${press}>${text}</button>`;
  return frame(context, field, replaces && !kept ? { hint: 'secretWillReplace' } : {}, (attributes) =>
    kept
      ? html`<div class="secret" role="group" aria-labelledby="${id}-label">
          <span class="stored">${kept.hint ? t('secretHint', { hint: kept.hint }) : t('secretSet')}</span>
          ${button(
            t('replace'),
            () => {
              form.replaceSecret(id);
              focus(id);
            },
            'replace',
          )}
        </div>`
      : html`<div class="secret">
            ${input(context, field, attributes, visible ? 'text' : 'password')}
            ${button(t(visible ? 'hide' : 'show'), () => toggleShown(id), 'show')}
            ${replaces
              ? button(
                  t('keepCurrent'),
                  () => {
                    form.keepSecret(id);
                    focus(`${id}-replace`);
                  },
                  'keep',
                )
              : nothing}
            ${wasSecret
              ? button(
                  t('leaveEmpty'),
                  () => {
                    form.leaveEmpty(id);
                    focus(id);
                  },
                  'empty',
                )
              : nothing}
          </div>`,
  );
}

/** A native drop-down. A value that is not on offer (any more) stays visible instead of silently becoming another. */
export function selectField(
  context: FormContext,
  field: FormField,
  choices: readonly Choice[],
  change: (value: string) => void,
  options: FieldOptions = {},
): TemplateResult {
  const { t, leave } = context;
  const { id, value } = field;
  const option = (choice: Choice) =>
    html`<option value=${choice.value} .selected=${choice.value === value}>${choice.label}</option>`;
  return frame(
    context,
    field,
    options,
    ({ describedBy, invalid }) =>
      html`<select
        part="select"
        id=${id}
        aria-required="true"
        aria-invalid=${invalid}
        aria-describedby=${describedBy}
        @change=${(event: Event) => change(valueOf(event))}
        @blur=${() => leave(id)}
      >
        ${value ? nothing : html`<option value="" .selected=${true}>${t('choose')}</option>`}
        ${value && !choices.some((choice) => choice.value === value)
          ? option({ value, label: t('unknownOption', { value }) })
          : nothing}
        ${inGroups(choices, option, (group, members) => html`<optgroup label=${group}>${members}</optgroup>`)}
      </select>`,
  );
}

export function switchField(context: FormContext, flag: Flag): TemplateResult {
  const { t, form } = context;
  const problem = problemText(context, form.fields[flag]);
  return html`<div part="field" class="field switch">
    <input
      part="switch"
      type="checkbox"
      role="switch"
      id=${flag}
      aria-invalid=${problem ? 'true' : nothing}
      aria-describedby="${flag}-hint${problem ? ` ${flag}-error` : ''}"
      .checked=${form.getState()[flag]}
      @change=${(event: Event) => form.setFlag(flag, (event.target as HTMLInputElement).checked)}
    />
    <label part="label" for=${flag}>${t(`field.${flag}`)}</label>
    <p part="hint" class="hint" id="${flag}-hint">${t(`hint.${flag}`)}</p>
    ${problem ? html`<p part="field-error" class="problem error" id="${flag}-error">${problem}</p>` : nothing}
  </div>`;
}

/** Several events: a group of check boxes, in the catalogue's groups. */
export function eventsField(context: FormContext, field: FormField, choices: readonly Choice[]): TemplateResult {
  const { t, form } = context;
  const chosen = form.getState().events;
  const error = problemText(context, field);
  const gone = chosen
    .filter((value) => !choices.some((choice) => choice.value === value))
    .map((value) => ({ value, label: t('unknownOption', { value }) }));
  let count = 0;
  const box = ({ value, label }: Choice) =>
    html`<label
      ><input
        type="checkbox"
        id=${count++ ? `events-${count}` : 'events'}
        .checked=${chosen.includes(value)}
        @change=${(event: Event) => {
          const { checked } = event.target as HTMLInputElement;
          form.setEvents(checked ? [...chosen, value] : chosen.filter((one) => one !== value));
        }}
      />${label}</label
    >`;
  // With nothing to choose from, the group itself is where an error leads.
  const isEmpty = !choices.length && !gone.length;
  return html`<fieldset
    part="field"
    class="field"
    id=${isEmpty ? 'events' : nothing}
    tabindex=${isEmpty ? '-1' : nothing}
    aria-describedby=${error ? 'events-error' : nothing}
  >
    <legend part="label">${t('field.events')}</legend>
    <div class="choices">
      ${inGroups([...choices, ...gone], box, (group, members) => html`<fieldset class="choices"><legend>${group}</legend>${members}</fieldset>`)}
    </div>
    ${error ? html`<p part="field-error" class="problem error" id="events-error">${error}</p>` : nothing}
  </fieldset>`;
}
