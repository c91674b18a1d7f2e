import type { AuthTypeId } from '../auth/index.js';
import type { WebhookInput } from '../webhook.js';

/** A request as a receiver gets it, with a variable in place of each secret and of what is made anew for each request. */
export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  /** `open`: the value has variables. What a person wrote has none, whatever it looks like. */
  readonly headers: readonly { readonly key: string; readonly value: string; readonly open?: true }[];
  /** As it is sent; {@link readable} is for the screen. */
  readonly body: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Header = readonly [key: string, value: string];

/** With U+FFFD for half a surrogate pair, as it would be sent (WHATWG Encoding §8.2). */
const text = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : '';
};

/** What each type adds to the request. Never the value of a secret: `$NAME` stands in for it. */
const authorization: { readonly [Type in AuthTypeId]: (credential: Fields) => readonly Header[] } = {
  headers: ({ headers }) =>
    (headers as readonly Fields[]).map((row, index): Header => [text(row, 'key'), `$HEADER_${index + 1}`]),
  // RFC 7617
  basic: () => [['Authorization', 'Basic $BASE64_OF_USERNAME_AND_PASSWORD']],
  token: (credential) => [[text(credential, 'key'), '$TOKEN']],
  // AWS Signature Version 4
  aws4: (credential) => [
    ['X-Amz-Content-Sha256', '$SHA256_OF_BODY'],
    ['X-Amz-Date', '$AMZ_DATE'],
    [
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=${text(credential, 'accessKey')}/$DATE/${text(credential, 'region')}/${text(credential, 'service')}/aws4_request, SignedHeaders=$SIGNED_HEADERS, Signature=$AMZ_SIGNATURE`,
    ],
  ],
  'hmac-sha256': (credential) => [
    ['Authorization', `HMAC-SHA256 ClientId="${encodeURIComponent(text(credential, 'clientId'))}", Signature="$HMAC_SIGNATURE"`],
  ],
  none: () => [],
  // RFC 6750
  oauth2: () => [['Authorization', 'Bearer $ACCESS_TOKEN']],
};

const plain = (value: unknown): string => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));
const isNested = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** `{ data: { id: 7 } }` as `data[id]=7`. */
const pairs = (value: unknown, name = ''): [string, string][] =>
  isNested(value)
    ? Object.entries(value).flatMap(([key, inner]) => pairs(inner, name ? `${name}[${key}]` : key))
    : [[name || 'value', plain(value)]];

/** Of what no XML 1.0 document can hold (§2.2) nothing but U+FFFD is left. */
const escaped = (value: string) =>
  value
    .replace(/[\0-\x08\v\f\x0e-\x1f\ufffe\uffff\p{Surrogate}]/gu, '\ufffd')
    .replace(/[&<>]/g, (sign) => `&${({ '&': 'amp', '<': 'lt', '>': 'gt' })[sign]};`);

/** An element with its content, an item of a list as `<item>`. */
function element(name: string, value: unknown): string {
  const inner = isNested(value)
    ? Object.entries(value).map(([key, one]) => element(Array.isArray(value) ? 'item' : elementName(key), one)).join('')
    : escaped(plain(value));
  return inner ? `<${name}>${inner}</${name}>` : `<${name}/>`;
}

/** A name that XML 1.0 allows for an element (§2.3). */
const elementName = (key: string) => key.replace(/[^\w.-]/g, '_').replace(/^(?![A-Za-z_])/, '_');

/** A part of an address; `otherwise` where it is none (yet). */
const partOf = (url: string, part: 'host' | 'href', otherwise = ''): string => (URL.canParse(url) ? new URL(url)[part] : otherwise);

/** A sample as the body of a request: JSON, or the same values as a form or as XML. */
function bodyOf(sample: unknown, contentType: WebhookInput['contentType']): string {
  if (contentType === 'application/json') return JSON.stringify(sample);
  if (contentType === 'application/x-www-form-urlencoded') return new URLSearchParams(pairs(sample)).toString();
  return `<?xml version="1.0" encoding="UTF-8"?>${element('event', sample)}`;
}

/**
 * The request that a webhook makes for an event, with the credential at `index`. The headers `webhook-*` are those of
 * Standard Webhooks.
 */
export function previewRequest(
  { method, url, contentType, headers, authentication }: WebhookInput,
  sample: unknown,
  index = 0,
): RequestPreview {
  const { type, credentials } = authentication;
  const credential = credentials[index] as Fields | undefined;
  const added = type in authorization && (credential || type === 'none') ? authorization[type](credential ?? {}) : [];
  const open = [
    ...added,
    ['webhook-id', '$ID'],
    ['webhook-timestamp', '$TIMESTAMP'],
    ['webhook-signature', '$SIGNATURE'],
  ] as const;
  return {
    method,
    // As it is called, with what a person may write unencoded.
    url: partOf(url, 'href', url),
    headers: [
      // AWS signs for the host of the Base Endpoint (RFC 9110 §7.2).
      { key: 'Host', value: (type === 'aws4' && partOf(text(credential ?? {}, 'baseEndpoint'), 'host')) || partOf(url, 'host') },
      { key: 'Content-Type', value: contentType },
      ...headers.map(({ key, value }) => ({ key, value })),
      ...open.map(([key, value]) => ({ key, value, open: true as const })),
    ],
    body: bodyOf(sample, contentType),
  };
}

/** A body for people: JSON in lines. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}

/** The preview's own variables. */
const variables = /\$(?:ID|TIMESTAMP|(?:AMZ_)?DATE|SHA256_OF_BODY|SIGNED_HEADERS|(?:AMZ_|HMAC_)?SIGNATURE|(?:ACCESS_)?TOKEN|BASE64_\w+|HEADER_\d+)\b/g;

/** What a POSIX shell reads as one word. */
const literal = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

/** The request as a command for curl; each `$VARIABLE` is for the person to set. */
export function curlOf({ method, url, headers, body }: RequestPreview): string {
  return [
    // Without --globoff, curl takes {a,b} and [1-3] in a URL for several requests.
    `curl --globoff --request ${method} --url ${literal(url)}`,
    ...headers.filter(({ key, value }) => key !== 'Host' || value !== partOf(url, 'host')).map(({ key, value, open }) => {
      // A header without a value ends in a semicolon for curl; with a colon it would be left out.
      const name = literal(value ? `${key}: ` : `${key};`).slice(0, -1);
      const rest = literal(value).slice(1);
      return `--header ${name}${open ? rest.replace(variables, (one) => `'"${one}"'`) : rest}`;
    }),
    `--data-raw ${literal(body)}`,
  ].join(' \\\n  ');
}

/** A payload to begin with where the catalogue has no sample. */
export const sampleOf = (eventType: string, sample?: unknown): unknown =>
  sample ?? { type: eventType, timestamp: '2026-01-31T12:00:00Z', data: { id: '42' } };
