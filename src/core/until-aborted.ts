/** What `call` settles with, or the signal's reason as soon as it is aborted: not everything that is called looks at its signal. */
export const untilAborted = <Answer>(signal: AbortSignal, call: Answer | Promise<Answer>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void Promise.resolve(call).then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
