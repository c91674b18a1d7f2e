import { createReadStream, statSync, writeFileSync } from 'node:fs';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { engines } from './browsers.mjs';
import { webkitLauncher } from './webkit-launcher.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vectors = resolve(root, '../shared/vectors');
const vectorsPath = '/vectors-external/';

/** Pages are loaded from sources that are compiled as they are asked for, in three engines at once. */
const LOAD_TIMEOUT = 120_000;

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** The engines asked for by `--browser=firefox,webkit`, or all. */
function wantedEngines() {
  // The runner takes a word that stands alone for a file.
  if (process.argv.includes('--browser')) fail('Write --browser=firefox, with an equals sign.');
  const names = process.argv.find((argument) => argument.startsWith('--browser='))?.split('=')[1].split(',');
  for (const name of names ?? [])
    if (!Object.hasOwn(engines, name)) fail(`There is no browser “${name}” here, only ${Object.keys(engines).join(', ')}.`);
  return names ?? Object.keys(engines);
}

const puppeteerLauncher = (name, launchOptions) =>
  Object.assign(
    chromeLauncher({
      launchOptions,
      async createPage({ context }) {
        const page = await context.newPage();
        page.setDefaultNavigationTimeout(LOAD_TIMEOUT);
        return page;
      },
    }),
    { name },
  );

const launchers = {
  chromium: (executablePath) =>
    puppeteerLauncher('Chromium', {
      executablePath,
      args: [
        ...(process.platform === 'linux' ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    }),
  firefox: (executablePath) => puppeteerLauncher('Firefox', { browser: 'firefox', executablePath }),
  webkit: webkitLauncher,
};

/** A launcher for each engine that is wanted and here. What is not tested is said; as the gate, all must be. */
function launchersHere() {
  const wanted = wantedEngines();
  return wanted.flatMap((id) => {
    const { name, needs, variable, find } = engines[id];
    const found = find();
    if (found) return launchers[id](found);
    const message = `NOT TESTED in ${name}: there is no ${needs}. \`node .config/setup.mjs --all-browsers\` installs it where it can; ${variable} names it where it is not found.`;
    if (id === 'chromium' || wanted.length === 1 || process.env.CI) fail(message);
    console.warn(`\n${message}\n`);
    return [];
  });
}

/** Serves test vectors kept beside the repository; a test that finds none gets a plain 404. */
async function externalVectors(context, next) {
  if (!context.path.startsWith(vectorsPath)) return next();
  const file = resolve(vectors, decodeURIComponent(context.path.slice(vectorsPath.length)));
  const isFile = file.startsWith(vectors + sep) && statSync(file, { throwIfNoEntry: false })?.isFile();
  if (!isFile) {
    context.status = 404;
    context.body = 'no such vector';
    return undefined;
  }
  context.type = extname(file) || 'text/plain';
  context.body = createReadStream(file);
  return undefined;
}

/** Tells how many tests each engine ran, names the skipped ones, and writes { passed, failed, skipped } of the whole run to the file named by COUNTS_FILE. */
function countsReporter() {
  const path = process.env.COUNTS_FILE;
  const count = (suite, counts, names = []) => {
    for (const test of suite.tests) {
      counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
      if (test.skipped) console.log(`skipped: ${[...names, test.name].join(' > ')}`);
    }
    for (const inner of suite.suites) count(inner, counts, [...names, inner.name]);
  };
  return {
    onTestRunFinished({ sessions }) {
      const none = () => ({ passed: 0, failed: 0, skipped: 0 });
      const byEngine = {};
      for (const { browser, testResults, errors, passed } of sessions) {
        const counts = (byEngine[browser.name] ??= none());
        const before = counts.failed;
        if (testResults) count(testResults, counts, [browser.name]);
        // A file that does not load, or an error outside of any test.
        if (counts.failed === before && (!passed || errors.length > 0)) counts.failed += 1;
      }
      const sum = none();
      for (const [name, counts] of Object.entries(byEngine)) {
        console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
        for (const key of Object.keys(sum)) sum[key] += counts[key];
      }
      if (path) writeFileSync(path, JSON.stringify(sum));
    },
  };
}

export default {
  rootDir: root,
  files: ['test/**/*.test.ts'],
  nodeResolve: true,
  // Of two pages in one browser only one has the focus.
  concurrency: 1,
  concurrentBrowsers: 3,
  // A second try: three browsers on two cores, driven from outside, now and then lose a key or a frame.
  testFramework: { config: { ui: 'bdd', retries: 1, timeout: '40000' } },
  browserStartTimeout: LOAD_TIMEOUT,
  testsStartTimeout: LOAD_TIMEOUT,
  testsFinishTimeout: 600_000,
  browsers: launchersHere(),
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: resolve(root, 'tsconfig.json') })],
  middleware: [externalVectors],
  reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY ?? false }), countsReporter()],
  browserLogs: true,
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  coverageConfig: { include: ['src/**/*.ts'], reportDir: 'coverage' },
};
