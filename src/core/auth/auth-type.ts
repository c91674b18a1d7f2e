import * as z from 'zod/mini';
import { flag, optionalText } from '../primitives.js';
import { secretInputSchema, storedSecretSchema } from '../secret.js';

/** The rules of `core/rules` that a field can name. The form knows which function each one is. */
export type FieldRule =
  | 'headerName'
  | 'credentialHeaderName'
  | 'headerValue'
  | 'url'
  | 'basicUsername'
  | 'basicPassword'
  | 'awsAccessKey'
  | 'awsSecretKey'
  | 'awsRegion'
  | 'awsService'
  | 'hmacClientId'
  | 'hmacClientSecret'
  | 'oauthClientCredential'
  | 'oauthScope'
  | 'oauthAudience';

/** One field of a credential, described as data: the form, the preview and the list all read it. */
export interface AuthField {
  /** The property of the credential; its label is the message `field.<name>`. */
  readonly name: string;
  readonly kind: 'text' | 'secret' | 'select';
  readonly rule?: FieldRule;
  /** May stay empty; then the property is left out, unless the rule of the type says otherwise. */
  readonly optional?: boolean;
  /** For `select`: its values; their labels are the messages `option.<value>`. The first is the default. */
  readonly options?: readonly string[];
  /** What to suggest while typing; never a closed list. */
  readonly suggestions?: 'awsRegions' | 'awsServices';
  /** The field exists only while another one has this value. */
  readonly when?: { readonly field: string; readonly is: string };
}

/** The schema type of a secret: read as input; parsed as stored when the webhook comes from the host. */
export type SecretSchema = typeof secretInputSchema;
export type SecretForm = 'input' | 'stored';

/**
 * Declares an authentication type.
 *
 * @param id the value of `authentication.type`
 * @param shape the schema of one credential's properties, given the schema of a secret
 * @param fields its fields in the order of the form
 * @param list set when the fields repeat as rows under this property (at least one row)
 */
export function defineAuthType<const Id extends string, Shape extends z.core.$ZodShape>(
  id: Id,
  shape: (secret: SecretSchema) => Shape,
  fields: readonly AuthField[],
  list?: string,
) {
  return {
    id,
    fields,
    list,
    /** The member of the `authentication` union for this type. */
    schema: (form: SecretForm) =>
      z
        .object({
          type: z.literal(id),
          organizationSpecific: flag,
          // A getter: what no webhook has so far is not made.
          get credentials() {
            return z.array(
              z.object({
                organizationId: optionalText,
                // Parsing what the host returns accepts no value of a secret, only that one is stored.
                ...shape(form === 'input' ? secretInputSchema : (storedSecretSchema as unknown as SecretSchema)),
              }),
            );
          },
        })
        .check(
          z.refine(
            ({ organizationSpecific, credentials }) => {
              if (!fields.length) return !credentials.length;
              const all = credentials as { organizationId?: string; [property: string]: unknown }[];
              const ids = new Set(all.map(({ organizationId }) => organizationId));
              return (
                ids.size === all.length &&
                (organizationSpecific ? all.length > 0 && !ids.has(undefined) && !ids.has('') : all.length === 1 && ids.has(undefined)) &&
                all.every(
                  (credential) =>
                    (!list || (credential[list] as unknown[]).length > 0) &&
                    (form !== 'input' ||
                      fields.every(({ name, when }) => !when || (credential[name] !== undefined) === (credential[when.field] === when.is))),
                )
              );
            },
            { path: ['credentials'] },
          ),
        ),
  };
}
