/** A promise that is settled already has been passed on, through all that awaits it, within so many turns. */
export const TURNS = 100;

/** Waits so many turns, or until `isOver`. Neither a frame nor a task comes between them (HTML, “perform a microtask checkpoint”). */
export async function turns(count: number, isOver?: () => boolean): Promise<void> {
  for (; count && !isOver?.(); count--) await Promise.resolve();
}
