import XMLBuilder from 'fast-xml-builder';
import type { ContentType } from 'webhook-settings/core';

type Json = unknown;
type Leaf = string | number | boolean | null | undefined;

/** Of what stands between two tags, these three need a name (XML 1.0 §2.4). The types of the library do not know the option. */
const entities = [
  { regex: /&/g, val: '&amp;' },
  { regex: /</g, val: '&lt;' },
  { regex: />/g, val: '&gt;' },
];
const xml = new XMLBuilder({ preserveOrder: true, format: false, suppressEmptyNode: true, ignoreAttributes: true, ...{ entities } });

/** A name that XML 1.0 allows for an element; a key that is none would break the document. */
const elementName = (key: string) => {
  const name = key.replace(/[^\w.-]/g, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
};

/** Without what no XML 1.0 document can hold (§2.2): half a surrogate pair, most control characters. */
const legal = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu, '\ufffd');

/** What is in an element, in its order; two keys may come to the same name. */
function toXml(value: Json): object[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([key, inner]) => ({ [Array.isArray(value) ? 'item' : elementName(key)]: toXml(inner) }));
  const text = legal(toText(value as Leaf));
  return text ? [{ '#text': text }] : [];
}

const toText = (value: Leaf) => (typeof value === 'number' ? JSON.stringify(value) : String(value ?? ''));

/** `{ data: { id: 7 } }` as `data[id]=7`, the spelling that PHP, Rails and qs read back. */
function toPairs(value: Json, name = ''): [string, string][] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => toPairs(inner, name ? `${name}[${key}]` : key));
  return [[name || 'value', toText(value as Leaf)]];
}

/** The payload of an event in the webhook's content type. */
export function serialize(contentType: ContentType, payload: Json): string {
  switch (contentType) {
    case 'application/json':
      return JSON.stringify(payload);
    case 'application/xml':
      return `<?xml version="1.0" encoding="UTF-8"?>${xml.build([{ event: toXml(payload) }])}`;
    case 'application/x-www-form-urlencoded':
      return new URLSearchParams(toPairs(payload)).toString();
  }
}
