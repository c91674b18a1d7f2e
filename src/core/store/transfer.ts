import { authType } from '../auth/index.js';
import { readListItem, type ListItem } from '../adapter-reader.js';
import type { Webhook } from '../webhook.js';

type Properties = Record<string, unknown>;

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects that hold the credentials' fields: the credentials themselves, or the rows of a type that has rows. */
function holders({ type, credentials }: Properties): { rows: Properties[]; secrets: string[] } {
  const definition = typeof type === 'string' ? authType(type) : undefined;
  const all = (Array.isArray(credentials) ? credentials : []).filter(isObject);
  const list = definition?.list;
  const rows = list ? all.flatMap((one) => (Array.isArray(one[list]) ? one[list].filter(isObject) : [])) : all;
  return { rows, secrets: (definition?.fields ?? []).filter(({ kind }) => kind === 'secret').map(({ name }) => name) };
}

/** What a person can set of these webhooks, without secrets, as a JSON text that {@link readExport} takes. */
export function writeExport(webhooks: readonly Webhook[]): string {
  const items = webhooks.map((webhook) => {
    const { name, events, url, method, contentType, headers, test, active, authentication } = structuredClone(webhook);
    const { rows, secrets } = holders(authentication);
    for (const row of rows) for (const secret of secrets) delete row[secret];
    return { name, events, url, method, contentType, headers, test, active, authentication };
  });
  return `${JSON.stringify({ webhooks: items }, undefined, 2)}\n`;
}

/**
 * What a text that {@link writeExport} made holds, not read yet: it may be thousands.
 *
 * @throws {SyntaxError} where the text is no JSON or holds no list of webhooks
 */
export function readExport(text: string): readonly unknown[] {
  const parsed: unknown = JSON.parse(text);
  const items = isObject(parsed) ? parsed['webhooks'] : parsed;
  if (!Array.isArray(items)) throw new SyntaxError('no list of webhooks');
  return items;
}

/**
 * One of them, parsed for itself; a secret that someone wrote into it is left out. What it does not say is as in a new
 * webhook.
 */
export function readExported(item: unknown): ListItem {
  if (!isObject(item)) return readListItem(item);
  const { authentication } = item;
  // The form asks for what is not stored; the schema wants something in its place until then.
  if (isObject(authentication)) {
    const { rows, secrets } = holders(authentication);
    for (const row of rows) for (const secret of secrets) row[secret] = { stored: true };
  }
  const added = { method: 'POST', contentType: 'application/json', headers: [], test: false, active: true };
  return readListItem({ ...added, ...item, id: '', version: undefined, createdAt: '', updatedAt: '' });
}
