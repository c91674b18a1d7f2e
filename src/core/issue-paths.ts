import type * as z from 'zod/mini';

type Issue = Pick<z.core.$ZodIssue, 'code' | 'path'> & { readonly errors?: readonly (readonly Issue[])[] };

/**
 * Where a value was refused, such as `authentication.credentials.0.secretKey`; never the value. Among the members of a
 * union the one counts whose `type` fits.
 */
export function issuePaths(issues: readonly Issue[], parent: readonly PropertyKey[] = []): string[] {
  const paths = issues.flatMap(({ path, errors }) => {
    const whole = [...parent, ...path];
    const member = errors?.find((one) => one.every((issue) => issue.path[0] !== 'type'));
    if (member) return issuePaths(member, whole);
    if (errors?.length) whole.push('type');
    return [whole.map(String).join('.') || '(root)'];
  });
  return [...new Set(paths)];
}
