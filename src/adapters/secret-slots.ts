import { authType, type Authentication, type AuthenticationInput } from '../core/auth/index.js';
import { asciiLowercase } from '../core/ascii.js';
import { toStoredSecret } from '../core/secret.js';

type Values = Record<string, unknown>;

/** A place in `authentication` that holds a secret: `row[name]`. */
export interface SecretSlot {
  /** Such as `authentication.credentials.0.secretKey`. */
  path: string;
  /** The same for the secret of the same type, organization and (where rows repeat) key. */
  identity: string;
  row: Values;
  name: string;
}

/** The secrets of a webhook, found through the fields that its authentication type declares. */
export function secretSlots({ type, credentials }: AuthenticationInput | Authentication): SecretSlot[] {
  const { fields, list } = authType(type) ?? { fields: [] };
  const names = fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
  return (credentials as Values[]).flatMap((credential, index) =>
    (list ? (credential[list] as Values[]) : [credential]).flatMap((row, place) =>
      names.map((name) => ({
        path: ['authentication.credentials', index, ...(list ? [list, place] : []), name].join('.'),
        identity: JSON.stringify([type, credential.organizationId, list && asciiLowercase(String(row[fields[0]!.name])), name]),
        row,
        name,
      })),
    ),
  );
}

/**
 * Takes the value of every secret out of `authentication`, in place. A secret to keep becomes the one that `stored`
 * holds for the same organization and key.
 *
 * @returns the paths of the secrets to keep that are not stored
 */
export function sealSecrets(authentication: AuthenticationInput, stored?: Authentication): string[] {
  const kept = new Map(stored && secretSlots(stored).map(({ identity, row, name }) => [identity, row[name]]));
  return secretSlots(authentication).flatMap(({ path, identity, row, name }) => {
    const value = row[name];
    row[name] = typeof value === 'string' ? toStoredSecret(value) : kept.get(identity);
    return row[name] ? [] : path;
  });
}
