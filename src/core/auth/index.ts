import * as z from 'zod/mini';
import type { Stored } from '../secret.js';
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

/** How a webhook authenticates, as `create` and `update` get it. */
export type AuthenticationInput = z.infer<ReturnType<AuthType['schema']>>;
/** How a webhook authenticates, as the host returns it. */
export type Authentication = Stored<AuthenticationInput>;

/** The schema of `authentication`: one member per type. (`z.discriminatedUnion` would cost 0.6 kB more, gzipped.) */
export const authenticationSchema = (form: SecretForm) =>
  z.union(
    authTypes.map((type) => type.schema(form)) as unknown as [ReturnType<AuthType['schema']>],
  );

const byId = new Map<string, AuthType>(authTypes.map((type) => [type.id, type]));

/** The authentication type with this id, or undefined for one that is not known. */
export const authType = (id: string): AuthType | undefined => byId.get(id);
