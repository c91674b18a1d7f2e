import XMLBuilder from 'fast-xml-builder';
import type { ContentType } from 'webhook-settings/core';

type Json = unknown;
type Leaf = string | number | boolean | null | undefined;

const xml = new XMLBuilder({ format: false, suppressEmptyNode: true, ignoreAttributes: true });

/** A name that XML 1.0 allows for an element; a key that is none would break the document. */
const elementName = (key: string) => {
  const name = key.replace(/[^\w.-]/g, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
};

/** What is below each name; two keys may come to the same one, and then the element is there twice. */
function byName(value: object): Map<string, Json[]> {
  const found = new Map<string, Json[]>();
  for (const [key, inner] of Object.entries(value)) found.set(elementName(key), [...(found.get(elementName(key)) ?? []), toXml(inner)]);
  return found;
}

/** With legal names, and without what no XML 1.0 document can hold (§2.2). */
function toXml(value: Json): Json {
  // Through UTF-8, where half a surrogate pair becomes U+FFFD.
  if (typeof value === 'string') return Buffer.from(value).toString().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  if (Array.isArray(value)) return { item: value.map(toXml) };
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries([...byName(value)].map(([name, inner]) => [name, inner.length === 1 ? inner[0] : inner]));
  return value === null ? '' : value;
}

/** `{ data: { id: 7 } }` as `data[id]=7`, the spelling that PHP, Rails and qs read back. */
function toPairs(value: Json, name = ''): [string, string][] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => toPairs(inner, name ? `${name}[${key}]` : key));
  return [[name || 'value', String((value as Leaf) ?? '')]];
}

/** The payload of an event in the webhook's content type. */
export function serialize(contentType: ContentType, payload: Json): string {
  switch (contentType) {
    case 'application/json':
      return JSON.stringify(payload);
    case 'application/xml':
      return `<?xml version="1.0" encoding="UTF-8"?>${xml.build({ event: toXml(payload) })}`;
    case 'application/x-www-form-urlencoded':
      return new URLSearchParams(toPairs(payload)).toString();
  }
}
