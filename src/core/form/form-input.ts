import { authType } from '../auth/index.js';
import { normalizeUrl } from '../rules/url.js';
import type { WebhookInput } from '../webhook.js';
import type { FormBlock, FormField, FormFields } from './form-fields.js';
import { isRowType, type FormState } from './form-state.js';

const valueOf = ({ kept, value, definition }: FormField) =>
  kept ? { stored: true as const } : definition?.rule === 'url' ? normalizeUrl(value) : value;

const properties = (fields: readonly FormField[]) =>
  Object.fromEntries(
    fields
      .filter(({ definition, value }) => value || !definition?.optional)
      .map((field) => [field.definition!.name, valueOf(field)]),
  );

/** The webhook as the form would send it. Its shape is the contract's; whether it is valid is for the fields to say. */
export function formInput(state: FormState, fields: FormFields): WebhookInput {
  const definition = authType(state.type);
  const credential = ({ organization, fields: own, rows }: FormBlock) => ({
    ...(organization && { organizationId: organization.value }),
    ...(isRowType(definition) ? { [definition.list]: rows.map((row) => properties(row.fields)) } : properties(own)),
  });
  return {
    name: fields.name.value.trim(),
    events: [...state.events],
    url: normalizeUrl(fields.url.value),
    method: fields.method.value as WebhookInput['method'],
    contentType: fields.contentType.value as WebhookInput['contentType'],
    headers: fields.headers.map((row) => properties(row.fields) as WebhookInput['headers'][number]),
    test: state.test,
    active: state.active,
    // The union's members differ only in what the registry says of them, which is what built this.
    authentication: {
      type: state.type,
      organizationSpecific: state.organizationSpecific,
      credentials: fields.blocks.map(credential),
    } as WebhookInput['authentication'],
  };
}

/** The top-level properties in which two inputs differ, with the values of the second. */
export function changedProperties(before: WebhookInput, after: WebhookInput): Partial<WebhookInput> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof WebhookInput]),
    ),
  );
}
