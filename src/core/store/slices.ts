/** An answer of up to so many items is taken whole; of a longer one a screenful first, then as many as fit between two frames. */
const SHORT = 50;
const FIRST = 25;
const NEXT = 200;
/** Milliseconds until the next slice: the first time long enough for what is there to be painted. */
const PAUSE = 4;
const FIRST_PAUSE = 150;

/**
 * Hands items on in slices, with a task between them, so that a very long answer is on screen as soon as a short one.
 * Stops when `take` returns false.
 */
export async function inSlices<Item>(
  items: readonly Item[],
  take: (slice: readonly Item[], remaining: number) => boolean,
): Promise<void> {
  for (let start = 0, size = items.length > SHORT ? FIRST : SHORT; ; start += size, size = NEXT) {
    const end = start + size;
    const remaining = Math.max(0, items.length - end);
    if (!take(items.slice(start, end), remaining) || !remaining) return;
    await new Promise((resolve) => setTimeout(resolve, start ? PAUSE : FIRST_PAUSE));
  }
}
