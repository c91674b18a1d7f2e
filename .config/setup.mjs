// Brings a clean clone to where the other scripts can run: dependencies, and with --browser a Chromium.
// Plain Node: nothing from node_modules may be imported here.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, utimesSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];

function candidates() {
  const { env, platform } = process;
  if (platform === 'darwin')
    return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`),
    );
  if (platform === 'win32')
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) =>
        ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map(
          (path) => join(folder, path),
        ),
      );
  return [];
}

/** The path of a Chromium-based browser: CHROME_PATH, else the usual places; undefined when there is none. */
export function findChrome() {
  const { CHROME_PATH, PATH = '' } = process.env;
  if (CHROME_PATH) return existsSync(CHROME_PATH) ? CHROME_PATH : undefined;
  const onPath = PATH.split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)));
  return [...candidates(), ...onPath].find((path) => existsSync(path));
}

function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return !error && status === 0;
}

const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function installDependencies() {
  const lock = join(root, 'package-lock.json');
  // npm writes this file last, so a broken install is not taken for a finished one.
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  // npm sets NODE_ENV aside only when asked: the tools are devDependencies.
  if (!run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'])) {
    console.error('setup: `npm ci` failed; its messages are above.');
    process.exit(1);
  }
  const now = new Date();
  utimesSync(installed, now, now);
}

/** The commands that install packages here, by their names for each package manager; undefined where none may be used. */
function installCommands({ apt, dnf, apk, brew }) {
  if (process.platform === 'darwin') return brew && succeeds('brew', ['--version']) ? [['brew', 'install', ...brew]] : undefined;
  if (process.platform !== 'linux') return undefined;
  const isRoot = process.getuid() === 0;
  if (!isRoot && !succeeds('sudo', ['-n', 'true'])) return undefined;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  if (apt && succeeds('apt-get', ['--version'])) {
    const command = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
    return [
      [...command, 'update'],
      [...command, 'install', '-y', '--no-install-recommends', ...apt],
    ];
  }
  if (dnf && succeeds('dnf', ['--version'])) return [[...sudo, 'dnf', 'install', '-y', ...dnf]];
  if (apk && succeeds('apk', ['--version'])) return [[...sudo, 'apk', 'add', ...apk]];
  return undefined;
}

/** Installs packages by the system's package manager; false where that cannot be done. */
export const install = (packages) => installCommands(packages)?.every(([command, ...args]) => run(command, args)) ?? false;

function installBrowser() {
  if (findChrome()) return;
  if (process.env.CHROME_PATH) {
    console.error(`setup: CHROME_PATH is ${process.env.CHROME_PATH}, and there is no such file.`);
    process.exit(1);
  }
  const packages = { apt: ['chromium'], dnf: ['chromium'], apk: ['chromium'], brew: ['--cask', 'chromium'] };
  if (install(packages) && findChrome()) return;
  console.error('setup: the browser tests need Chromium or Chrome. Install one, or set CHROME_PATH to its executable.');
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installDependencies();
  if (process.argv.includes('--browser')) installBrowser();
}
