import * as z from 'zod/mini';

/**
 * A union, each value of which is parsed with the member that `choose` names for it. zod makes all members of a union as soon as
 * the first value comes, tries each, and of a value that fits none tells what is wrong with all of them.
 *
 * @param members all of them, asked for only when the schema is turned into JSON Schema
 */
export function choice<Schema extends z.ZodMiniType>(members: () => readonly Schema[], choose: (value: unknown) => Schema): Schema {
  const schema = z.unknown().check((payload) => {
    const { data, error } = choose(payload.value).safeParse(payload.value);
    if (error) payload.issues.push(...(error.issues as typeof payload.issues));
    payload.value = data;
  });
  schema._zod.processJSONSchema = (context, json, parameters) =>
    context.processors['union']!({ _zod: { def: { options: members() } } } as unknown as z.core.$ZodType, context, json, parameters);
  return schema as unknown as Schema;
}
