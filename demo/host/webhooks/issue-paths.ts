interface Issue {
  readonly path: readonly PropertyKey[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** Where zod refused a value; never the value, which may be a secret. Of a union, the member whose `type` fits counts. */
export function issuePaths(issues: readonly object[], parent: readonly PropertyKey[] = []): string[] {
  const paths = (issues as readonly Issue[]).flatMap(({ path, errors }) => {
    const whole = [...parent, ...path];
    const member = errors?.find((one) => one.every((issue) => issue.path[0] !== 'type'));
    if (member) return issuePaths(member, whole);
    if (errors?.length) whole.push('type');
    return [whole.map(String).join('.')];
  });
  return [...new Set(paths)];
}
