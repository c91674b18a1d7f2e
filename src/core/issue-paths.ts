import type * as z from 'zod/mini';

/** Where a value was refused, such as `authentication.credentials.0.secretKey`; never the value. */
export const issuePaths = (issues: readonly Pick<z.core.$ZodIssue, 'path'>[], parent: readonly PropertyKey[] = []): string[] => [
  ...new Set(issues.map(({ path }) => [...parent, ...path].map(String).join('.') || '(root)')),
];
