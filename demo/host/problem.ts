import type { FieldError } from './webhooks/check-input.js';

/** A failure that the API tells of as problem details (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[];
  /** Further members of the answer. */
  readonly extensions: Record<string, unknown>;
  readonly headers: Record<string, string>;
  readonly title: string;

  constructor(
    status: number,
    title: string,
    { detail = '', errors = [], extensions = {}, headers = {} }: {
      detail?: string;
      errors?: readonly FieldError[];
      extensions?: Record<string, unknown>;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(detail || title);
    this.title = title;
    this.status = status;
    this.errors = errors;
    this.extensions = extensions;
    this.headers = headers;
  }
}

export const invalid = (errors: readonly FieldError[]) => new Problem(422, 'This is not valid.', { errors });
export const notFound = () => new Problem(404, 'There is no such thing.');
