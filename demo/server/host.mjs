import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A host that stops is started again, but not in a hurry. */
const RESTART_MS = 1000;

/**
 * Runs the reference host, with its receivers, as a process of its own, and starts it again when it stops. It ends with
 * this process.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ addresses: Promise<{ host: string, receivers: string }>, child?: import('node:child_process').ChildProcess, close(): Promise<void> }}
 *   `addresses` is of the process that runs now, or will
 */
export function runHost(env = {}) {
  const running = {
    addresses: undefined,
    child: undefined,
    async close() {
      closed = true;
      clearTimeout(timer);
      const { child } = running;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
  let closed = false;
  let timer;
  let tell;
  const expect = () => (running.addresses = new Promise((resolve) => (tell = resolve)));
  expect();

  const start = () => {
    const child = fork('demo/host/main.ts', {
      cwd: root,
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, HOST_RECEIVERS: '1', ...env },
      // What it says is for whoever runs it alone; what goes wrong is for everyone.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    running.child = child;
    createInterface(child.stderr).on('line', (line) => {
      // The provider says at length that this is a demo.
      if (!line.startsWith('oidc-provider ')) console.error(line);
    });
    child.on('message', (addresses) => tell(addresses));
    child.on('exit', () => {
      expect();
      if (!closed) timer = setTimeout(start, RESTART_MS);
    });
  };
  start();
  return running;
}
