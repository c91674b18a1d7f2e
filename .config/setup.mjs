// Brings a clean clone to where the other scripts can run: dependencies, with --browser a Chromium, and with
// --all-browsers each engine that can be had here.
// Plain Node: nothing from node_modules may be imported here.
import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engines } from './browsers.mjs';
import { install, run } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

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

/** Chromium must be there afterwards; which of the others is not, the test runner says. */
function installBrowsers(wanted) {
  const missing = wanted.filter(({ find }) => !find());
  const misnamed = missing.find(({ variable }) => process.env[variable]);
  if (misnamed) {
    console.error(`setup: ${misnamed.variable} is ${process.env[misnamed.variable]}, and there is no such file.`);
    process.exit(1);
  }
  install(missing.map(({ packages }) => packages));
  if (engines.chromium.find()) return;
  console.error('setup: the browser tests need Chromium or Chrome. Install one, or set CHROME_PATH to its executable.');
  process.exit(1);
}

installDependencies();
if (process.argv.includes('--all-browsers')) installBrowsers(Object.values(engines));
else if (process.argv.includes('--browser')) installBrowsers([engines.chromium]);
