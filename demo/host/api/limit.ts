import { Problem } from '../problem.js';

/** Runs at most `most` things at a time for each key; a further one is refused, and told when to come again. */
export function createLimit(most: number) {
  const running = new Map<string, number>();
  return async <Result>(key: string, run: () => Promise<Result>): Promise<Result> => {
    const now = running.get(key) ?? 0;
    if (now >= most) throw new Problem(429, 'Too many calls are under way.', { headers: { 'retry-after': '1' } });
    running.set(key, now + 1);
    try {
      return await run();
    } finally {
      const left = running.get(key)! - 1;
      if (left > 0) running.set(key, left);
      else running.delete(key);
    }
  };
}
