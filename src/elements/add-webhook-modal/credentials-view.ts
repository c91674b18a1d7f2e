import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { authType } from '../../core/auth/index.js';
import type { FormBlock, FormField, FormRow } from '../../core/form/form-fields.js';
import type { MessageKey } from '../../core/messages/index.js';
import { icons } from '../shared/icons.js';
import { secretField, selectField, textField } from './field-view.js';
import type { FormContext } from './form-context.js';

/** One field of a credential, as its authentication type describes it. */
function credentialField(context: FormContext, field: FormField): TemplateResult {
  const { t, form } = context;
  const { definition, id } = field;
  if (definition?.kind === 'secret') return secretField(context, field);
  if (definition?.options)
    return selectField(
      context,
      field,
      definition.options.map((value) => ({ value, label: t(`option.${value}` as MessageKey) })),
      (value) => form.setText(id, value),
    );
  return textField(context, field, {
    ...(definition?.name === 'scope' ? { hint: 'hint.scope' } : {}),
    ...(definition?.rule === 'url' ? { inputmode: 'url' } : {}),
  });
}

/** Rows of a key and a value, each with a button that removes it, and one that adds another. */
export function headerRows(context: FormContext, rows: readonly FormRow[], block?: FormBlock): TemplateResult {
  const { t, form, focus } = context;
  const addId = `${block?.key ?? 'headers'}-add`;
  return html`${repeat(
      rows,
      ({ key }) => key,
      ({ key, fields }, index) =>
        html`<div class="row" role="group" aria-label=${t('headerNumber', { number: index + 1 })}>
          ${fields.map((field) => credentialField(context, field))}
          ${block && rows.length === 1
            ? nothing
            : html`<button
                type="button"
                class="plain remove"
                aria-label=${t('removeHeader')}
                title=${t('removeHeader')}
                @click=${() => {
                  form.removeRow(key);
                  focus(`${(rows[index + 1] ?? rows[index - 1])?.key}.key`, addId);
                }}
              >
                ${icons.close}
              </button>`}
        </div>`,
    )}<button type="button" class="add" id=${addId} @click=${() => focus(`${form.addRow(block?.key)}.key`)}>
      ${icons.plus}${t('addHeader')}
    </button>`;
}

const blockFields = (context: FormContext, block: FormBlock) =>
  block.rows.length
    ? headerRows(context, block.rows, block)
    : html`<div class="grid">${repeat(block.fields, ({ id }) => id, (field) => credentialField(context, field))}</div>`;

function organizationBlock(context: FormContext, block: FormBlock, index: number, all: readonly FormBlock[]): TemplateResult {
  const { t, form, focus, announce, organizations } = context;
  const field = block.organization!;
  const taken = new Set(all.map((one) => one.organization?.value));
  const name =
    organizations.find(({ id }) => id === field.value)?.name ?? t('credentialNumber', { number: index + 1 });
  return html`<fieldset part="organization" class="organization" aria-label=${name}>
    <div class="organization-header">
      ${selectField(
        context,
        field,
        organizations
          .filter(({ id }) => id === field.value || !taken.has(id))
          .map(({ id, name: label }) => ({ value: id, label })),
        (value) => form.setText(field.id, value),
      )}
      <button
        type="button"
        class="danger"
        @click=${() => {
          form.removeBlock(block.key);
          announce(t('organizationRemoved', { name }));
          const next = all[index + 1] ?? all[index - 1] ?? form.fields.blocks[0];
          focus(`${next?.key}.organizationId`);
        }}
      >
        ${t('removeOrganization')}
      </button>
    </div>
    ${blockFields(context, block)}
  </fieldset>`;
}

/** The fields of the chosen authentication type: once, or per organization. */
export function credentials(context: FormContext): TemplateResult | typeof nothing {
  const { t, form, focus, organizations } = context;
  const { type, organizationSpecific } = form.getState();
  const { blocks } = form.fields;
  if (!authType(type)) return nothing;
  const summary = html`<p class="summary" id="type-summary">${t(`summary.${type}` as MessageKey)}</p>`;
  if (!organizationSpecific) return html`${summary}${blocks.map((block) => blockFields(context, block))}`;
  if (!blocks.length) return html`${summary}<p class="hint">${t('hint.organizationNone')}</p>`;
  return html`${summary}
    ${organizations.length ? nothing : html`<p class="hint">${t('hint.noOrganizations')}</p>`}
    ${repeat(blocks, ({ key }) => key, (block, index) => organizationBlock(context, block, index, blocks))}
    ${organizations.length && organizations.every(({ id }) => blocks.some(({ organization }) => organization?.value === id))
      ? html`<p class="hint">${t('hint.allOrganizations')}</p>`
      : html`<button type="button" class="add" @click=${() => focus(`${form.addBlock()}.organizationId`)}>
          ${icons.plus}${t('addOrganization')}
        </button>`}`;
}
