/** A value with one owner, which others can read and follow. */
export interface Observable<State> {
  getState(): State;
  /** Calls `listener` after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** An {@link Observable} and the function that its owner changes it with. */
export function createObservable<State extends object>(initial: State) {
  let state = Object.freeze(initial);
  const listeners = new Set<() => void>();
  return {
    getState: (): State => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(change: Partial<State>): void {
      state = Object.freeze({ ...state, ...change });
      for (const listener of [...listeners]) listener();
    },
  };
}
