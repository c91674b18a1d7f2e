import { html, type TemplateResult } from 'lit';
import type { Difference } from '../../core/form/conflict.js';
import type { WebhookForm } from '../../core/form/webhook-form.js';
import type { MessageKey } from '../../core/messages/index.js';
import { isStoredSecret } from '../../core/secret.js';
import type { WebhookInput } from '../../core/webhook.js';
import { authType } from '../../core/auth/index.js';
import type { FormProperties } from './form-context.js';

type Property = keyof WebhookInput;

const labels: Readonly<Partial<Record<Property, MessageKey>>> = { headers: 'headers', authentication: 'authentication' };

/** One value in lines that a person can read; of a secret only that there is one. */
function lines({ t, eventTypes, organizations }: FormProperties, input: WebhookInput, property: Property): string[] {
  const label = (name: string) => t(`field.${name}` as MessageKey);
  switch (property) {
    case 'test':
    case 'active':
      return [t(input[property] ? 'yes' : 'no')];
    case 'events':
      return input.events.map((event) => eventTypes.find(({ id }) => id === event)?.label ?? event);
    case 'headers':
      return input.headers.map(({ key, value }) => `${key}: ${value}`);
    case 'authentication': {
      const { type, credentials } = input.authentication;
      const { list, fields = [] } = authType(type) ?? {};
      const said = (row: Readonly<Record<string, unknown>>) =>
        fields.flatMap(({ name, kind }) => {
          const value = row[name];
          if (kind === 'secret') return `${label(name)}: ${t(isStoredSecret(value) ? 'secretSet' : 'secretNew')}`;
          return typeof value === 'string' ? `${label(name)}: ${value}` : [];
        });
      return [
        t(`auth.${type}`),
        ...(credentials as readonly Readonly<Record<string, unknown>>[]).flatMap((credential) => [
          ...organizations.filter(({ id }) => id === credential['organizationId']).map(({ name }) => name),
          ...(list ? (credential[list] as Readonly<Record<string, unknown>>[]).flatMap(said) : said(credential)),
        ]),
      ];
    }
    default:
      return [input[property]];
  }
}

/** Asks, for each property that differs, whose to keep. Nothing is chosen for good before Save. */
export function conflictDialog(
  context: FormProperties,
  form: WebhookForm,
  choices: Map<Property, boolean>,
  { back, save }: { back: () => void; save: () => void },
): TemplateResult {
  const { t } = context;
  const choice = ({ property, theirs, mine }: Difference, takesTheirs: boolean) =>
    html`<label class="choice"
      ><input
        type="radio"
        name="conflict-${property}"
        ?autofocus=${choices.get(property) === takesTheirs}
        .checked=${choices.get(property) === takesTheirs}
        @change=${() => choices.set(property, takesTheirs)}
      />
      <span>
        <span class="muted">${t(takesTheirs ? 'conflictTheirs' : 'conflictMine')}</span>
        ${lines(context, takesTheirs ? theirs : mine, property).map((line) => html`<div dir="auto">${line}</div>`)}
      </span></label
    >`;
  return html`<dialog
    part="dialog"
    class="confirm conflict"
    aria-labelledby="conflict"
    aria-describedby="conflict-text"
    @cancel=${(event: Event) => {
      event.preventDefault();
      back();
    }}
  >
    <h2 id="conflict">${t('conflictTitle')}</h2>
    <p id="conflict-text">${t('conflictText')}</p>
    <div class="conflicts">
      ${form.differences.map(
        (difference) =>
          html`<fieldset>
            <legend>${t(labels[difference.property] ?? (`field.${difference.property}` as MessageKey))}</legend>
            ${choice(difference, true)}${choice(difference, false)}
          </fieldset>`,
      )}
    </div>
    <div class="buttons">
      <button type="button" @click=${back}>${t('conflictBack')}</button>
      <button type="button" class="primary" @click=${save}>${t('conflictSave')}</button>
    </div>
  </dialog>`;
}
