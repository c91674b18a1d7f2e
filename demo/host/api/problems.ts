import type { Context, ErrorHandler } from 'hono';
import { Problem } from '../problem.js';

/** `headers.0.key` as the JSON pointer `#/headers/0/key` (RFC 6901 §6). */
export const toPointer = (path: string): string =>
  `#${path
    .split('.')
    .filter(Boolean)
    .map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('')}`;

/** Problem details (RFC 9457). */
export function problemResponse(c: Context, { status, title, message, errors, extensions, headers }: Problem): Response {
  const body = {
    type: 'about:blank',
    title,
    status,
    // Always: a title without a type of its own says no more than the status (§4.2.1).
    detail: message,
    ...(errors.length && { errors: errors.map(({ path, detail }) => ({ pointer: toPointer(path), detail })) }),
    ...extensions,
  };
  return c.newResponse(JSON.stringify(body), status as 400, { 'content-type': 'application/problem+json', ...headers });
}

/** What was not foreseen is told to nobody but the log, and there without what it may quote of a request. */
export const reportError = (c: Context, error: Error): void =>
  console.error(`api: ${c.req.method} ${c.req.routePath}: ${error.name}${'code' in error ? ` ${String(error.code)}` : ''}`);

export const unforeseen = () => new Problem(500, 'Something went wrong here.');

export const handleError: ErrorHandler = (error, c) => {
  if (error instanceof Problem) return problemResponse(c, error);
  reportError(c, error);
  return problemResponse(c, unforeseen());
};
