import * as z from 'zod/mini';
import type { Stored } from '../secret.js';
import { choice } from '../choice.js';
import { aws4 } from './aws4.js';
import { basic } from './basic.js';
import { headers } from './headers.js';
import { hmacSha256 } from './hmac-sha256.js';
import { none } from './none.js';
import { oauth2 } from './oauth2.js';
import { token } from './token.js';
import type { SecretForm } from './auth-type.js';

export type { AuthField, FieldRule } from './auth-type.js';

/** The registry: the authentication types in the order in which they are offered. */
export const authTypes = [headers, basic, token, aws4, hmacSha256, none, oauth2] as const;

export type AuthType = (typeof authTypes)[number];
export type AuthTypeId = AuthType['id'];
export const authTypeIds: readonly AuthTypeId[] = authTypes.map((type) => type.id);

type AuthSchema = ReturnType<AuthType['schema']>;

/** How a webhook authenticates, as `create` and `update` get it. */
export type AuthenticationInput = z.infer<AuthSchema>;
/** How a webhook authenticates, as the host returns it. */
export type Authentication = Stored<AuthenticationInput>;

const byId = new Map<string, AuthType>(authTypes.map((type) => [type.id, type]));
/** The authentication type with this id, or undefined for one that is not known. */
export const authType = (id: string): AuthType | undefined => byId.get(id);

/** The schema of `authentication`: that of its type, made when the first one of it comes. */
export function authenticationSchema(form: SecretForm): z.ZodMiniType<z.output<AuthSchema>, z.input<AuthSchema>> {
  const made = new Map<AuthType | undefined, AuthSchema>();
  const schemaOf = (type?: AuthType): AuthSchema => {
    // Without a type its `type` is refused, whatever it is; of what is no object, that is said.
    const schema = made.get(type) ?? type?.schema(form) ?? (z.object({ type: z.literal([] as string[]) }) as unknown as AuthSchema);
    made.set(type, schema);
    return schema;
  };
  return choice(
    () => authTypes.map((type) => schemaOf(type)),
    (value) => schemaOf(byId.get((value as { type?: string } | null | undefined)?.type as string)),
  );
}
