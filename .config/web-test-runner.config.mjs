import { createReadStream, statSync, writeFileSync } from 'node:fs';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { findChrome } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vectors = resolve(root, '../shared/vectors');
const vectorsPath = '/vectors-external/';

const executablePath = findChrome();
if (!executablePath) {
  console.error('No Chromium found. Run `node .config/setup.mjs --browser`, or set CHROME_PATH.');
  process.exit(1);
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

/** Names the skipped tests, and writes { passed, failed, skipped } of the whole run to the file named by COUNTS_FILE. */
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
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const { testResults, errors, passed } of sessions) {
        const before = counts.failed;
        if (testResults) count(testResults, counts);
        // A file that does not load, or an error outside of any test.
        if (counts.failed === before && (!passed || errors.length > 0)) counts.failed += 1;
      }
      if (path) writeFileSync(path, JSON.stringify(counts));
    },
  };
}

export default {
  rootDir: root,
  files: ['test/**/*.test.ts'],
  nodeResolve: true,
  concurrency: 1,
  concurrentBrowsers: 1,
  testFramework: { config: { ui: 'bdd', timeout: '10000' } },
  testsFinishTimeout: 300_000,
  browsers: [
    chromeLauncher({
      launchOptions: {
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
      },
    }),
  ],
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: resolve(root, 'tsconfig.json') })],
  middleware: [externalVectors],
  reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY ?? false }), countsReporter()],
  browserLogs: true,
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  coverageConfig: { include: ['src/**/*.ts'], reportDir: 'coverage' },
};
