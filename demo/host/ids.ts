import { createHash, randomBytes } from 'node:crypto';

/** An id that cannot be guessed, such as `wh_…`. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

/** What is kept of a token that its owner alone has. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

export const newToken = (): string => randomBytes(32).toString('base64url');
