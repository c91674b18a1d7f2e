import type { AdapterErrorCode } from '../../../core/adapter-error.js';
import type { FormFailure } from '../../../core/form/form-state.js';
import type { FormHost } from './form-host.js';
import type { Candidate } from './import-candidate.js';
import { pause } from './pause.js';

/** How long a webhook may take to be added before the person is told that it takes long, in milliseconds. */
const PATIENCE = 8000;

/** How long answers that come at once may keep the page from anything else, in milliseconds. */
const BREATH = 50;

/** What fails for one reason of these fails for the next one too. */
const stopping: ReadonlySet<AdapterErrorCode | undefined> = new Set(['unauthenticated', 'forbidden', 'network', 'rate-limited']);

/** Adds candidates one after the other: a host is asked no faster than it answers, and left alone for as long as it says. */
export class ImportRun {
  readonly #form: FormHost;
  readonly #update: () => void;
  readonly #abort = new AbortController();
  readonly queue: readonly Candidate[];
  #frame: number | undefined;
  /** How many had their turn. */
  done = 0;
  isSlow = false;
  /** Why the host wants to be left alone for a while. */
  waiting: FormFailure | undefined;

  constructor(form: FormHost, queue: readonly Candidate[], update: () => void) {
    this.#form = form;
    this.queue = queue;
    this.#update = update;
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Settles when all had their turn, or when it has to stop. */
  async run(): Promise<void> {
    const { signal } = this.#abort;
    let breath = performance.now();
    for (const candidate of this.queue) {
      let failure: FormFailure | undefined;
      do {
        if (signal.aborted) return;
        failure = await this.#send(candidate, signal);
      } while (failure?.retryAfter && (await this.#wait(failure, failure.retryAfter, signal)));
      if (stopping.has(failure?.code)) return;
      this.done += 1;
      if (performance.now() - breath < BREATH) continue;
      await pause(0);
      breath = performance.now();
    }
  }

  async #send(candidate: Candidate, signal: AbortSignal): Promise<FormFailure | undefined> {
    const patience = setTimeout(() => {
      this.isSlow = true;
      this.#update();
    }, PATIENCE);
    const form = candidate.form!;
    const sending = form.submit(({ input, idempotencyKey }) => this.#form.create(input, { signal, idempotencyKey }));
    this.#updateSoon();
    const result = await sending;
    clearTimeout(patience);
    this.isSlow = false;
    candidate.isAdded = result === 'saved';
    return form.getState().failure;
  }

  /** Of many updates in a row as many as there are frames. */
  #updateSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#update();
    });
  }

  /** True when it is to be tried again. */
  async #wait(failure: FormFailure, seconds: number, signal: AbortSignal): Promise<boolean> {
    this.waiting = failure;
    this.#update();
    await pause(seconds, signal);
    this.waiting = undefined;
    return !signal.aborted;
  }
}
