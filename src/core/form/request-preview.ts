import type { AuthTypeId } from '../auth/index.js';
import type { WebhookInput } from '../webhook.js';

/** A request as a receiver gets it, with a variable in place of each secret and of what is made anew for each request. */
export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly body: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Header = readonly [key: string, value: string];

const text = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
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
    ['X-Amz-Date', '$TIMESTAMP'],
    [
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=${text(credential, 'accessKey')}/$DATE/${text(credential, 'region')}/${text(credential, 'service')}/aws4_request, SignedHeaders=host;x-amz-date, Signature=$SIGNATURE`,
    ],
  ],
  'hmac-sha256': (credential) => [
    ['Authorization', `HMAC-SHA256 ClientId="${encodeURIComponent(text(credential, 'clientId'))}", Signature="$SIGNATURE"`],
  ],
  none: () => [],
  // RFC 6750
  oauth2: () => [['Authorization', 'Bearer $ACCESS_TOKEN']],
};

/** A sample as the body of a request: JSON, or the same values as a form or as XML. */
function bodyOf(sample: unknown, contentType: WebhookInput['contentType']): string {
  if (contentType === 'application/json') return JSON.stringify(sample, undefined, 2);
  const entries = Object.entries((sample ?? {}) as Fields);
  const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  if (contentType === 'application/x-www-form-urlencoded')
    return new URLSearchParams(entries.map(([key, value]) => [key, plain(value)])).toString();
  const escape = (value: string) =>
    value.replace(/[&<>]/g, (sign) => `&${({ '&': 'amp', '<': 'lt', '>': 'gt' })[sign]};`);
  return `<event>\n${entries.map(([key, value]) => `  <${key}>${escape(plain(value))}</${key}>`).join('\n')}\n</event>`;
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
  const all: Header[] = [
    ['Content-Type', contentType],
    ...headers.map(({ key, value }): Header => [key, value]),
    ...added,
    ['webhook-id', '$ID'],
    ['webhook-timestamp', '$TIMESTAMP'],
    ['webhook-signature', '$SIGNATURE'],
  ];
  return { method, url, headers: all.map(([key, value]) => ({ key, value })), body: bodyOf(sample, contentType) };
}

/** What a POSIX shell reads as one word, with the preview's variables left to be filled in. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`).replace(/\$[A-Z][A-Z\d_]*/g, (name) => `'"${name}"'`)}'`;

/** The request as a command for curl; each `$VARIABLE` is for the person to set. */
export function curlOf({ method, url, headers, body }: RequestPreview): string {
  // What a person wrote is no variable, whatever it looks like: only the preview's own values hold any.
  const literal = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
  return [
    `curl --request ${method} ${literal(url)}`,
    ...headers.map(({ key, value }) => `--header ${quoted(`${key}: ${value}`)}`),
    `--data-raw ${literal(body)}`,
  ].join(' \\\n  ');
}

/** A payload to begin with where the catalogue has no sample. */
export const sampleOf = (eventType: string, sample?: unknown): unknown =>
  sample ?? { type: eventType, timestamp: '2026-01-31T12:00:00Z', data: { id: '42' } };
