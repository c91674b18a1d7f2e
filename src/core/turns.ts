/** In so many turns of promises an answer is heard that is there already. */
export const TURNS = 100;

/** Waits for so many, or until it need not. Neither a frame nor a task comes between (HTML, “perform a microtask checkpoint”). */
export async function turns(count: number, isOver?: () => boolean): Promise<void> {
  for (; count && !isOver?.(); count--) await Promise.resolve();
}
