import type * as z from 'zod/mini';
import { AdapterError } from './adapter-error.js';
import { issuePaths } from './issue-paths.js';

/** What a host answered does not fit the contract. The error names the paths, never a value: it may be a secret. */
export const malformedAnswer = (what: string, paths: readonly string[]): AdapterError =>
  new AdapterError('unknown', { cause: new TypeError(`${what}: malformed answer at ${paths.join(', ')}`) });

/** A host's answer to the call `what`, parsed. @throws {AdapterError} */
export function parseAnswer<Schema extends z.ZodMiniType>(what: string, schema: Schema, answer: unknown): z.infer<Schema> {
  const { data, error, success } = schema.safeParse(answer);
  if (!success) throw malformedAnswer(what, issuePaths(error.issues));
  return data;
}
