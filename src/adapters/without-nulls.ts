/** An answer in which null stands for what is absent, as many servers write it. The sample of an event is as it is: its nulls are its own. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || !value) return value;
  const present = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(present.map(([name, one]) => [name, name === 'sample' ? one : withoutNulls(one)]));
}
