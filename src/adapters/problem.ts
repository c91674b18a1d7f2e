import { AdapterError, type AdapterErrorCode } from '../core/adapter-error.js';
import { webhookSchema, type Webhook } from '../core/webhook.js';

const codes: Partial<Record<number, AdapterErrorCode>> = {
  400: 'validation',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  422: 'validation',
  425: 'unavailable',
  429: 'rate-limited',
  // Not in passing, as the others of their class.
  501: 'unknown',
  505: 'unknown',
};

const codeOf = (status: number) => codes[status] ?? (status >= 500 ? 'unavailable' : 'unknown');

/** The names of statuses (RFC 9110 §15), which say less than our own words. */
const phrase =
  /^(?:bad request|unauthorized|forbidden|not found|conflict|gone|precondition failed|unprocessable (?:entity|content)|too many requests|internal server error|bad gateway|service unavailable|gateway timeout)\.?$/i;

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** The path that a JSON pointer (RFC 6901), plain or as a URI fragment, stands for: `#/headers/0/key` is `headers.0.key`. */
export function pointerToPath(pointer: string): string {
  let plain = pointer;
  try {
    if (pointer.startsWith('#')) plain = decodeURIComponent(pointer);
  } catch {
    // Not percent-encoded after all.
  }
  return plain
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~[01]/g, (escape) => (escape === '~1' ? '/' : '~')))
    .join('.');
}

/** The seconds in a Retry-After header (RFC 9110 §10.2.3): a number or an HTTP date. Anything else is ignored. */
export function parseRetryAfter(value: string | null): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // Date.parse alone would take "-5" or "1.5" for a date, and the oldest of the three forms, which names no zone, for a local one.
  const at = /^[A-Z][a-z]+(?:, .+ GMT| .+:.+ \d{4})$/.test(text) ? Date.parse(text.replace(/(?: GMT)?$/, ' GMT')) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** The webhook in an untrusted value, if it is one. */
export const asWebhook = (value: unknown): Webhook | undefined => webhookSchema.safeParse(value).data as Webhook | undefined;

/** A response that is no success, read as problem details (RFC 9457), as an adapter error. */
export function toProblemError({ status, headers }: Response, body: unknown, current?: Webhook): AdapterError {
  const { type, detail, title, errors } = { ...(body as Record<string, unknown>) };
  // Of a type that is none of the host's own the title is the name of its status (§4.2.1); many hosts name no type, and mean what they write.
  const isOwn = typeof type === 'string' ? !/^about:blank$|\brfc\d/.test(type) : !phrase.test(textOf(title) ?? '');
  // There may be several of one field; those of the whole document (RFC 6901 §5, the empty pointer) are for none.
  const fields = new Map<string, string[]>();
  for (const error of Array.isArray(errors) ? errors : []) {
    const { pointer, detail: said } = { ...(error as Record<string, unknown>) };
    if (typeof pointer !== 'string' || typeof said !== 'string') continue;
    const path = pointerToPath(pointer);
    fields.set(path, [...(fields.get(path) ?? []), said]);
  }
  const ofAll = fields.get('') ?? [];
  fields.delete('');
  return new AdapterError(codeOf(status), {
    message: [textOf(detail) ?? textOf(isOwn && title), ...ofAll].filter(Boolean).join(' '),
    fieldErrors: fields.size ? Object.fromEntries([...fields].map(([path, said]) => [path, said.join(' ')])) : undefined,
    retryAfter: parseRetryAfter(headers.get('retry-after')),
    current,
    cause: { status },
  });
}
