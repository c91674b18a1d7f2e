import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * When a process began, as text to compare; '' for one that is gone, undefined where the system does not tell. A number
 * alone does not name a process: after a restart of the machine another one has it.
 */
function beginningOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return '';
  }
  try {
    // Linux (proc_pid_stat(5)): the 22nd field, in ticks since the machine was started; the 2nd may hold spaces.
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[19];
    if (ticks) return `${boot} ${ticks}`;
  } catch {
    // Another system.
  }
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } });
  return status === 0 ? stdout.trim() || undefined : undefined;
}

/** The process that has the folder, where it runs. */
export function holderOf(folder: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, 'lock'), 'utf8');
  } catch {
    return undefined;
  }
  const [number = '', ...rest] = text.split(' ');
  const pid = Number(number);
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
  const began = beginningOf(pid);
  const locked = rest.join(' ');
  const isOther = began === '' || (began !== undefined && locked !== '' && began !== locked);
  return isOther ? undefined : pid;
}

/**
 * Takes a folder for this process: PGlite, unlike a server, would let two of them write over each other. The lock of a
 * process that was killed is taken over. Returns the function that gives it back, or undefined when the folder is in use.
 */
export function lockFolder(folder: string): (() => void) | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'lock');
  for (let tries = 0; tries < 2; tries++)
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, `${process.pid} ${beginningOf(process.pid) ?? ''}`.trim());
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (holderOf(folder) !== undefined) return undefined;
      rmSync(file, { force: true });
    }
  return undefined;
}
