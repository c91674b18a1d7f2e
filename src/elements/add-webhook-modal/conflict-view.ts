import { html, nothing, type TemplateResult } from 'lit';
import type { Difference } from '../../core/form/conflict.js';
import type { WebhookForm } from '../../core/form/webhook-form.js';
import type { MessageKey } from '../../core/messages/index.js';
import { isStoredSecret } from '../../core/secret.js';
import type { WebhookInput } from '../../core/webhook.js';
import { authType } from '../../core/auth/index.js';
import type { FormProperties } from './form-context.js';

type Property = keyof WebhookInput;
type Values = Readonly<Record<string, unknown>>;

/** One thing that a property says. Two sides differ where one says something else under the same heading and label. */
interface Said {
  /** The organization that it is about. */
  readonly heading?: string;
  readonly label?: string;
  readonly value: string;
  /** A secret that was typed here. */
  readonly isNew?: boolean;
}

function* credentialSaid({ t, organizations }: FormProperties, { authentication }: WebhookInput): Generator<Said> {
  const { type, credentials } = authentication;
  const { list, fields = [] } = authType(type) ?? {};
  yield { label: t('field.type'), value: t(`auth.${type}`) };
  for (const credential of credentials as readonly Values[]) {
    const id = credential['organizationId'] as string | undefined;
    const heading = id === undefined ? '' : (organizations.find((one) => one.id === id)?.name ?? t('unknownOption', { value: id }));
    for (const row of list ? (credential[list] as readonly Values[]) : [credential]) {
      for (const { name, kind } of fields) {
        const value = row[name];
        // The value of a header is said beside its name.
        const label = list && kind === 'secret' ? String(row[fields[0]!.name]) : t(`field.${name}` as MessageKey);
        if (kind === 'secret')
          yield { heading, label, value: t(isStoredSecret(value) ? 'secretSet' : 'secretNew'), isNew: !!value && !isStoredSecret(value) };
        else if (!list && typeof value === 'string') yield { heading, label, value };
      }
    }
  }
}

/** What a property says, in words; of a secret only that there is one. */
function said(context: FormProperties, input: WebhookInput, property: Property): Said[] {
  const { t, eventTypes } = context;
  switch (property) {
    case 'test':
    case 'active':
      return [{ value: t(input[property] ? 'yes' : 'no') }];
    case 'events':
      return input.events.map((event) => ({ value: eventTypes.find(({ id }) => id === event)?.label ?? event }));
    case 'headers':
      return input.headers.map(({ key, value }) => ({ label: key, value }));
    case 'authentication':
      return [...credentialSaid(context, input)];
    default:
      return [{ value: input[property] }];
  }
}

const textOf = ({ heading, label, value }: Said): string => JSON.stringify([heading, label, value]);

/** Asks, for each property that differs, whose to keep. Nothing is chosen for good before Save. */
export function conflictDialog(
  context: FormProperties,
  form: WebhookForm,
  choices: Map<Property, boolean>,
  { back, save }: { back: () => void; save: () => void },
): TemplateResult {
  const { t, eventSelection } = context;
  const labels: Readonly<Partial<Record<Property, MessageKey>>> = {
    headers: 'headers',
    authentication: 'authentication',
    ...(eventSelection === 'single' && { events: 'field.event' }),
  };
  const choice = ({ property, theirs, mine }: Difference, takesTheirs: boolean) => {
    const all = said(context, takesTheirs ? theirs : mine, property);
    const others = said(context, takesTheirs ? mine : theirs, property);
    const known = new Set(others.map(textOf));
    // What both say is no help in choosing.
    const lines = all.filter((one) => !known.has(textOf(one)));
    const dropped = takesTheirs ? others.filter(({ isNew }) => isNew) : [];
    return html`<label class="choice"
      ><input
        type="radio"
        name="conflict-${property}"
        ?autofocus=${choices.get(property) === takesTheirs}
        .checked=${choices.get(property) === takesTheirs}
        @change=${() => choices.set(property, takesTheirs)}
      />
      <span>
        <span class="muted">${t(takesTheirs ? 'conflictTheirs' : 'conflictMine')}</span>
        ${lines.length ? nothing : html`<div>${t('conflictNone')}</div>`}
        ${lines.map(
          ({ heading, label, value }, index) =>
            html`${heading && heading !== lines[index - 1]?.heading ? html`<strong dir="auto">${heading}</strong>` : nothing}
              <div dir="auto">${label === undefined ? value : t('importProblem', { label, text: value })}</div>`,
        )}
        ${dropped.map(({ label }) => html`<div class="problem">${t('conflictDropsSecret', { label: label! })}</div>`)}
      </span></label
    >`;
  };
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
    ${form.differences.map(
      (difference) =>
        html`<fieldset>
          <legend>${t(labels[difference.property] ?? (`field.${difference.property}` as MessageKey))}</legend>
          ${choice(difference, true)}${choice(difference, false)}
        </fieldset>`,
    )}
    <div class="buttons">
      <button type="button" @click=${back}>${t('conflictBack')}</button>
      <button type="button" class="primary" @click=${save}>${t('conflictSave')}</button>
    </div>
  </dialog>`;
}
