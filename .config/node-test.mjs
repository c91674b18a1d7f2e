// Runs the node:test suites against the built package: one file at a time, as they share dist/ and ports. Those of the demo's
// host run twice: on its embedded database, and on a PostgreSQL server.
// Arguments replace the default list of files. NODE_COUNTS_FILE names a file that gets { passed, failed, skipped }.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './postgres.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { CI, DATABASE_URL, NODE_COUNTS_FILE } = process.env;
const testsIn = (folder) =>
  readdirSync(`${root}${folder}`)
    .filter((file) => file.endsWith('.test.mjs'))
    .sort()
    .map((file) => `${folder}/${file}`);

const folder = mkdtempSync(join(tmpdir(), 'node-test-'));
const counts = { passed: 0, failed: 0, skipped: 0 };

/** Runs these files, adds up what they counted, and says whether all of them passed. */
async function run(files, env = {}) {
  const counted = join(folder, 'counts.json');
  rmSync(counted, { force: true });
  const child = spawn(
    process.execPath,
    [
      ...['--test', '--test-concurrency=1'],
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=./.config/count-reporter.mjs', `--test-reporter-destination=${counted}`],
      ...files,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  );
  const [status] = await once(child, 'exit');
  const found = existsSync(counted) ? JSON.parse(readFileSync(counted, 'utf8')) : { failed: 1 };
  for (const key of Object.keys(counts)) counts[key] += found[key] ?? 0;
  return status === 0;
}

/** The host's tests once more, on a server. Where there can be none, it says so; in CI that is a failure. */
async function runOnPostgres(files) {
  const server = await startPostgres();
  if (!server) {
    console.error('PostgreSQL is not here and could not be installed: the tests of the demo’s host ran on its embedded database alone.');
    if (CI) counts.failed += 1;
    return !CI;
  }
  // Ctrl+C is for the tests, which then end; the server goes after them.
  const wait = () => {};
  process.on('SIGINT', wait);
  console.log('\nThe tests of the demo’s host once more, on a PostgreSQL server\n');
  try {
    return await run(files, { DATABASE_URL: server.url });
  } finally {
    server.stop();
    process.off('SIGINT', wait);
  }
}

if (!existsSync(`${root}dist/index.js`)) {
  console.error('dist/ is missing: run `npm run build` first.');
  process.exit(1);
}
const given = process.argv.slice(2);
let passed;
try {
  if (given.length > 0) passed = await run(given);
  else {
    const host = testsIn('test/host');
    passed = await run([...testsIn('test/package'), ...host, ...testsIn('test/e2e'), ...testsIn('test/pictures')]);
    if (passed && !DATABASE_URL) passed = await runOnPostgres(host);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (NODE_COUNTS_FILE) writeFileSync(NODE_COUNTS_FILE, JSON.stringify(counts));
process.exit(passed ? 0 : 1);
