import { authType, type AuthField, type FieldRule } from '../auth/index.js';
import type { MessageKey } from '../messages/index.js';
import { checkBasicPair } from '../rules/basic.js';
import { error, type Finding } from '../rules/finding.js';
import type { UrlOptions } from '../rules/url.js';
import type { StoredSecret } from '../secret.js';
import type { Webhook } from '../webhook.js';
import { fieldRules, type RuleContext } from './field-rules.js';
import { credentialField, isRowType, storedSecret, type FieldId, type Flag, type FormState, type RowKey } from './form-state.js';

/** A field as the form shows it: what stands in it, what is wrong with it, and whether to say so yet. */
export interface FormField {
  readonly id: FieldId;
  /** Where its value goes in the webhook, and where the host reports errors: `headers.0.key`. */
  readonly path: string;
  readonly label: MessageKey;
  readonly value: string;
  /** May stay empty. */
  readonly optional: boolean;
  /** Might stay empty, but there was a secret: that there is none any more is for the person to say. */
  readonly wasSecret: boolean;
  readonly definition: AuthField | undefined;
  /** Set when the host keeps a secret for it and nothing replaces it: the value goes back as `{ stored: true }`. */
  readonly kept: StoredSecret | undefined;
  /** The host keeps a secret that the value here will replace. */
  readonly replaces: boolean;
  readonly findings: readonly Finding[];
  /** What the host said of it at the last Save. */
  readonly serverError: string | undefined;
  /** True once the findings are to be shown. */
  readonly revealed: boolean;
}

export interface FormRow {
  readonly key: RowKey;
  readonly fields: readonly FormField[];
}

export interface FormBlock {
  readonly key: RowKey;
  /** Absent unless authentication is organization-specific. */
  readonly organization: FormField | undefined;
  readonly fields: readonly FormField[];
  readonly rows: readonly FormRow[];
}

/** The whole form in the order in which it is shown. */
export interface FormFields {
  readonly name: FormField;
  readonly events: FormField;
  readonly url: FormField;
  readonly method: FormField;
  readonly contentType: FormField;
  readonly test: FormField;
  readonly active: FormField;
  readonly organizationSpecific: FormField;
  readonly type: FormField;
  readonly blocks: readonly FormBlock[];
  readonly headers: readonly FormRow[];
  /** Every field that is on screen, from top to bottom. */
  readonly all: readonly FormField[];
}

interface Place {
  readonly id: FieldId;
  readonly path: string;
  readonly label: MessageKey;
  readonly value?: string;
  readonly rule?: FieldRule | 'name' | undefined;
  readonly context?: RuleContext;
  readonly definition?: AuthField;
  readonly optional?: boolean;
  readonly choice?: boolean;
  readonly stored?: StoredSecret | undefined;
  readonly findings?: readonly Finding[];
}

/** The label of a header row's key or value, and what its rule is. */
const headerFields: readonly AuthField[] = [
  { name: 'key', kind: 'text', rule: 'headerName' },
  { name: 'value', kind: 'text', rule: 'headerValue' },
];

/** Fields whose outer spaces do not count. Everything else is sent as typed. */
const trimmed = new Set<Place['rule']>(['name', 'url']);

/** Lists the fields that the state puts on screen, each judged by its rule. Pure. */
export function formFields(state: FormState, webhook: Webhook | undefined, options: UrlOptions): FormFields {
  const { text } = state;
  const all: FormField[] = [];
  const textOf = (id: FieldId) => text.get(id) ?? '';

  const field = (place: Place): FormField => {
    const { id, stored, rule } = place;
    const value = place.value ?? textOf(id);
    const kept = value || state.replacing.has(id) ? undefined : stored;
    const wasSecret = !!place.optional && state.expected.has(id) && !value && !kept;
    const optional = !!place.optional && !wasSecret;
    const missing = !(trimmed.has(rule) ? value.trim() : value) && !kept && !optional;
    const findings =
      place.findings ??
      (missing
        ? [error(place.choice ? 'select.required' : 'required')]
        : value && rule
          ? fieldRules[rule](value, { ...options, ...place.context })
          : []);
    const made: FormField = {
      id,
      path: place.path,
      label: place.label,
      value,
      optional,
      wasSecret,
      definition: place.definition,
      kept,
      replaces: !!stored && !kept,
      findings,
      serverError: state.serverErrors.get(id),
      revealed: state.submitted || state.revealed.has(id),
    };
    all.push(made);
    return made;
  };

  const rows = (keys: readonly RowKey[], path: string, definitions: readonly AuthField[], context: RuleContext, block?: RowKey) => {
    const names = keys.map((key) => textOf(`${key}.key`));
    return keys.map((key, index): FormRow => ({
      key,
      fields: definitions.map((definition) =>
        field({
          id: `${key}.${definition.name}`,
          path: `${path}.${index}.${definition.name}`,
          label: `field.${definition.name}` as MessageKey,
          rule: definition.rule,
          context: { ...context, names, index },
          definition,
          stored: block && definition.kind === 'secret' ? storedSecret(webhook, state, block, definition.name, key) : undefined,
        }),
      ),
    }));
  };

  const name = field({ id: 'name', path: 'name', label: 'field.name', rule: 'name' });
  const events = field({ id: 'events', path: 'events', label: 'field.events', value: state.events.join(), choice: true });
  const url = field({ id: 'url', path: 'url', label: 'field.url', rule: 'url' });
  const method = field({ id: 'method', path: 'method', label: 'field.method' });
  const contentType = field({ id: 'contentType', path: 'contentType', label: 'field.contentType' });
  const flag = (id: Flag, path: string = id) => field({ id, path, label: `field.${id}`, optional: true });
  const test = flag('test');
  const active = flag('active');
  const organizationSpecific = flag('organizationSpecific', 'authentication.organizationSpecific');
  const type = field({ id: 'type', path: 'authentication.type', label: 'field.type', value: state.type, choice: true });

  const definition = authType(state.type);
  const shown = !definition?.fields.length ? [] : state.organizationSpecific ? state.blocks : state.blocks.slice(0, 1);
  const chosen = shown.map((block) => textOf(`${block.key}.organizationId`));
  const blocks = shown.map(({ key, rows: keys }, index): FormBlock => {
    const path = `authentication.credentials.${index}`;
    const organization = state.organizationSpecific
      ? field({
          id: `${key}.organizationId`,
          path: `${path}.organizationId`,
          label: 'field.organizationId',
          choice: true,
          ...(chosen[index] && chosen.indexOf(chosen[index]) < index ? { findings: [error('organization.duplicate')] } : {}),
        })
      : undefined;
    if (isRowType(definition))
      return { key, organization, fields: [], rows: rows(keys, `${path}.${definition.list}`, definition.fields, {}, key) };
    const idOf = (property: string) => credentialField(key, state.type, property);
    const credential = (property: string) => {
      const { options: choices } = definition!.fields.find((candidate) => candidate.name === property) ?? {};
      return textOf(idOf(property)) || (choices?.[0] ?? '');
    };
    const hasSecret = (property: string) =>
      state.expected.has(idOf(property)) || (!state.replacing.has(idOf(property)) && !!storedSecret(webhook, state, key, property));
    const fields = definition!.fields
      .filter(({ when }) => !when || credential(when.field) === when.is)
      .map((one) => {
        const stored = one.kind === 'secret' ? storedSecret(webhook, state, key, one.name) : undefined;
        const basic = one.rule === 'basicUsername' || one.rule === 'basicPassword';
        return field({
          id: idOf(one.name),
          path: `${path}.${one.name}`,
          label: `field.${one.name}` as MessageKey,
          value: credential(one.name),
          rule: one.rule,
          definition: one,
          // Either part of Basic may be empty; together they are judged at the first.
          optional: one.optional ?? basic,
          stored,
          ...(one.rule === 'basicUsername' && !credential('username') && !hasSecret('password')
            ? { findings: checkBasicPair('', credential('password')) }
            : {}),
        });
      });
    return { key, organization, fields, rows: [] };
  });

  const credentialHeaders = blocks.flatMap((block) =>
    [...block.fields, ...block.rows.flatMap((row) => row.fields)]
      .filter((one) => one.definition?.rule === 'credentialHeaderName')
      .map((one) => one.value),
  );
  const headers = rows(state.headers, 'headers', headerFields, { authenticationType: state.type, credentialHeaders });
  return { name, events, url, method, contentType, test, active, organizationSpecific, type, blocks, headers, all };
}

/** What is to be said at a field now: the host's word first, then the first finding. */
export function fieldProblem(field: FormField): { finding?: Finding; text?: string; error: boolean } | undefined {
  if (field.serverError !== undefined) return { text: field.serverError, error: true };
  const finding = field.revealed ? field.findings[0] : undefined;
  return finding && { finding, error: finding.severity === 'error' };
}

/** True when a Save may not go out because of this field. */
export const isInvalid = (field: FormField): boolean => field.findings.some(({ severity }) => severity === 'error');
