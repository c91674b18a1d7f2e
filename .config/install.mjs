// Installs by the system's package manager what the tests need beside npm's packages. Plain Node.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command in the project's folder, with its output on screen; true when it succeeds. */
export function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return !error && status === 0;
}

const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/**
 * Each of `wanted` names its packages by package manager. One by one: a system that lacks one still gets the others. What
 * cannot be installed here is left out; whoever needs it looks whether it is there.
 *
 * @param {readonly { apt?: string[], dnf?: string[], apk?: string[], brew?: string[] }[]} wanted
 */
export function install(wanted) {
  if (wanted.length === 0) return;
  const each = (manager, command, ...args) => {
    for (const { [manager]: packages } of wanted) if (packages) run(command, [...args, ...packages]);
  };
  if (process.platform === 'darwin') {
    if (succeeds('brew', ['--version'])) each('brew', 'brew', 'install');
    return;
  }
  if (process.platform !== 'linux') return;
  const isRoot = process.getuid() === 0;
  if (!isRoot && !succeeds('sudo', ['-n', 'true'])) return;
  const asRoot = isRoot ? ['env'] : ['sudo', '-n', 'env'];
  const [command, ...args] = [...asRoot, 'DEBIAN_FRONTEND=noninteractive'];
  if (succeeds('apt-get', ['--version'])) {
    run(command, [...args, 'apt-get', 'update']);
    each('apt', command, ...args, 'apt-get', 'install', '-y', '--no-install-recommends');
  } else if (succeeds('dnf', ['--version'])) each('dnf', command, ...args, 'dnf', 'install', '-y');
  else if (succeeds('apk', ['--version'])) each('apk', command, ...args, 'apk', 'add');
}
