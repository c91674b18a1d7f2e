// Brings a clean clone to where the other scripts can run: dependencies, with --browser a Chromium, and with
// --all-browsers each engine that can be had here.
// Plain Node: nothing from node_modules may be imported here.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engines } from './browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

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

/** The commands that install these engines here: none where no known package manager may be used. */
function installCommands(missing) {
  const withChromium = missing.includes(engines.chromium);
  if (process.platform === 'darwin')
    return withChromium && succeeds('brew', ['--version']) ? [['brew', 'install', '--cask', 'chromium']] : [];
  if (process.platform !== 'linux') return [];
  const isRoot = process.getuid() === 0;
  if (!isRoot && !succeeds('sudo', ['-n', 'true'])) return [];
  const sudo = isRoot ? [] : ['sudo', '-n'];
  if (succeeds('apt-get', ['--version'])) {
    const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
    // One by one: a distribution that lacks one of the packages still gets the other engines.
    return [
      [...apt, 'update'],
      ...missing.map(({ packages }) => [...apt, 'install', '-y', '--no-install-recommends', ...packages]),
    ];
  }
  if (withChromium && succeeds('dnf', ['--version'])) return [[...sudo, 'dnf', 'install', '-y', 'chromium']];
  if (withChromium && succeeds('apk', ['--version'])) return [[...sudo, 'apk', 'add', 'chromium']];
  return [];
}

/** Chromium must be there afterwards; which of the others is not, the test runner says. */
function installBrowsers(wanted) {
  const missing = wanted.filter(({ find }) => !find());
  const misnamed = missing.find(({ variable }) => process.env[variable]);
  if (misnamed) {
    console.error(`setup: ${misnamed.variable} is ${process.env[misnamed.variable]}, and there is no such file.`);
    process.exit(1);
  }
  if (missing.length > 0) for (const [command, ...args] of installCommands(missing)) run(command, args);
  if (engines.chromium.find()) return;
  console.error('setup: the browser tests need Chromium or Chrome. Install one, or set CHROME_PATH to its executable.');
  process.exit(1);
}

installDependencies();
if (process.argv.includes('--all-browsers')) installBrowsers(Object.values(engines));
else if (process.argv.includes('--browser')) installBrowsers([engines.chromium]);
