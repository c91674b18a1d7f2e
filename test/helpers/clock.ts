/** Timers shorter than this run by themselves: they are for the next frame or slice, not for a person. */
const SHORT = 500;

/** Time that passes only when the test says so; `Date.now()` and long timers go by it. Call `restore()` afterwards. */
export class Clock {
  readonly #setTimeout = globalThis.setTimeout;
  readonly #clearTimeout = globalThis.clearTimeout;
  readonly #now = Date.now;
  readonly #start = Date.now();
  #elapsed = 0;
  #lastId = 1e12;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

  constructor() {
    globalThis.setTimeout = ((run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => {
      if (delay < SHORT) return this.#setTimeout.call(globalThis, () => run(...args), delay);
      this.#timers.set(++this.#lastId, { at: this.#elapsed + delay, run: () => run(...args) });
      return this.#lastId;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((id: number) => {
      if (!this.#timers.delete(id)) this.#clearTimeout.call(globalThis, id);
    }) as typeof clearTimeout;
    Date.now = () => this.#start + this.#elapsed;
  }

  /** How many long timers are waiting. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets so many seconds pass, one by one, so that what follows from a second is there before the next. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.#elapsed += 1000;
      for (const [id, { at, run }] of [...this.#timers]) {
        if (at > this.#elapsed) continue;
        this.#timers.delete(id);
        run();
      }
      await new Promise((resolve) => this.#setTimeout.call(globalThis, resolve));
    }
  }

  restore(): void {
    globalThis.setTimeout = this.#setTimeout;
    globalThis.clearTimeout = this.#clearTimeout;
    Date.now = this.#now;
  }
}
