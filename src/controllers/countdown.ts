import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface Waiting {
  readonly retryAfter?: number | undefined;
}

/** Counts the seconds down after which a host wants to be asked again, and updates the element with each. */
export class Countdown implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  /** When each may be tried again, in milliseconds since the epoch. */
  readonly #until = new WeakMap<Waiting, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The seconds that are left; 0 where the host asked for none. */
  secondsLeft(failure: Waiting | undefined): number {
    if (!failure?.retryAfter) return 0;
    const until = this.#until.get(failure) ?? Date.now() + failure.retryAfter * 1000;
    this.#until.set(failure, until);
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    if (left)
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#host.requestUpdate();
      }, 1000);
    return left;
  }
}
