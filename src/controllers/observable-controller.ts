import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable } from '../core/observable.js';

/** Keeps an element up to date with an observable, for as long as the element is connected. */
export class ObservableController<Source extends Observable<unknown>> implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #source: Source | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get source(): Source | undefined {
    return this.#source;
  }

  /** Follows another source, or none. */
  follow(source: Source | undefined): void {
    this.hostDisconnected();
    this.#source = source;
    if (this.#host.isConnected) this.hostConnected();
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#unsubscribe ??= this.#source?.subscribe(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}
