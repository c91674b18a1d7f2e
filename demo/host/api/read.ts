import type { Context } from 'hono';
import type * as z from 'zod';
import { Problem, invalid } from '../problem.js';

/** The body of a request, which has to be JSON and to say so: no form on another page can send that. */
export async function readJson(c: Context): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) throw new Problem(415, 'Send application/json.');
  try {
    return await c.req.json();
  } catch (error) {
    // The limit of the body says so by itself.
    if (error instanceof Problem) throw error;
    throw new Problem(400, 'The body is no JSON.');
  }
}

export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const { data, error, success } = schema.safeParse(value);
  if (success) return data;
  throw invalid(error.issues.map(({ path }) => ({ path: path.join('.'), detail: 'This value is not valid.' })));
}

export const readBody = async <Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>> =>
  parse(schema, await readJson(c));

const LONGEST_KEY = 255;

/** The key as most clients send it, or in the quotes of a structured field (IETF draft Idempotency-Key §2.1): the same key. */
export function idempotencyKey(c: Context): string | undefined {
  const key = c.req.header('idempotency-key')?.replace(/^"(.*)"$/, '$1');
  if (key !== undefined && (!key || key.length > LONGEST_KEY)) throw new Problem(400, `The Idempotency-Key has to have 1 to ${LONGEST_KEY} characters.`);
  return key;
}

/** The versions in If-Match (RFC 9110 §13.1.1); undefined where any will do. A weak tag never matches. */
export function ifMatch(c: Context): string[] | undefined {
  const value = c.req.header('if-match')?.trim();
  if (value === undefined || value === '*') return undefined;
  return [...value.matchAll(/(W\/)?"([^"]*)"/g)].filter(([, weak]) => !weak).map(([, , tag]) => tag!);
}
