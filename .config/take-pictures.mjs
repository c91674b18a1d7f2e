// Takes the pictures that test/pictures compares with. Arguments are those of node:test, such as --test-name-pattern=list.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync(process.execPath, ['--test', ...process.argv.slice(2), 'test/pictures/pictures.test.mjs'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
  env: { ...process.env, TAKE_PICTURES: '1' },
});
process.exit(status ?? 1);
