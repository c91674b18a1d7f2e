// Runs the node:test suites against the built package: one file at a time, as they share dist/ and ports.
// Arguments replace the default list of files. NODE_COUNTS_FILE names a file that gets { passed, failed, skipped }.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const testsIn = (folder) =>
  existsSync(`${root}${folder}`)
    ? readdirSync(`${root}${folder}`)
        .filter((file) => file.endsWith('.test.mjs'))
        .sort()
        .map((file) => `${folder}/${file}`)
    : [];

if (!existsSync(`${root}dist/index.js`)) {
  console.error('dist/ is missing: run `npm run build` first.');
  process.exit(1);
}
const given = process.argv.slice(2);
const files = given.length > 0 ? given : ['test/package', 'test/host', 'test/e2e'].flatMap(testsIn);
const counts = process.env.NODE_COUNTS_FILE;
const { status } = spawnSync(
  process.execPath,
  [
    ...['--test', '--test-concurrency=1'],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...(counts ? ['--test-reporter=./.config/count-reporter.mjs', `--test-reporter-destination=${counts}`] : []),
    ...files,
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
