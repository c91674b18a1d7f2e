import * as z from 'zod/mini';
import { choice } from './choice.js';
import { text } from './primitives.js';

/** How many characters at the end of a secret a hint shows, and how many of a host's are taken. */
const HINT_LENGTH = 4;
const MAX_HINT_LENGTH = 8;

/**
 * A secret that the host keeps. Its value never comes back; `hint` holds its last characters, so that a person can tell
 * one from another.
 */
export const storedSecretSchema = z.object({
  stored: z.literal(true),
  hint: z.optional(
    z.string().check((hint) => {
      // A host that gives more away than that gives it to the whole page.
      hint.value = hint.value.slice(-MAX_HINT_LENGTH);
    }),
  ),
});
export type StoredSecret = z.infer<typeof storedSecretSchema>;

/** A secret on its way to the host: a new value, or `{ stored: true }` for "keep the one you have". */
export type SecretInput = string | StoredSecret;
export const secretInputSchema = choice<z.ZodMiniType<SecretInput, SecretInput>>(
  () => [text, storedSecretSchema],
  (value) => (isStoredSecret(value) ? storedSecretSchema : text),
);

/** `T` as the host returns it: every secret is a {@link StoredSecret}. */
export type Stored<T> = StoredSecret extends T
  ? StoredSecret
  : T extends readonly (infer Item)[]
    ? Stored<Item>[]
    : T extends object
      ? { [Key in keyof T]: Stored<T[Key]> }
      : T;

/** True for `{ stored: true, … }`. */
export const isStoredSecret = (value: unknown): value is StoredSecret =>
  typeof value === 'object' && value !== null && (value as StoredSecret).stored === true;

/**
 * What a host may return in place of a secret's value. Short secrets get no hint: four characters of eight would give
 * too much away.
 */
export function toStoredSecret(value: string): StoredSecret {
  return value.length >= HINT_LENGTH * 4 ? { stored: true, hint: value.slice(-HINT_LENGTH) } : { stored: true };
}
