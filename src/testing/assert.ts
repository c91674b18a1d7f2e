/** Throws with `message` unless `condition` holds. */
export function check(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** JSON with sorted keys, so that two values can be compared whatever the order of their properties. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'undefined';

/** Throws unless both are the same as JSON. */
export function checkSame(actual: unknown, expected: unknown, message: string): void {
  check(canonical(actual) === canonical(expected), `${message}: got ${canonical(actual)}, not ${canonical(expected)}`);
}

/** What `promise` rejects with; throws when it does not. */
export async function rejection(promise: Promise<unknown>, message: string): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`${message}: it resolved`);
}
