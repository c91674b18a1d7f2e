// The statement about accessibility names every criterion, and no test that is not there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { it } from 'node:test';

const root = new URL('../../', import.meta.url);
const statement = readFileSync(new URL('demo/accessibility.md', root), 'utf8');

// WCAG 2.2, levels A and AA; 4.1.1 is obsolete.
const criteria = `1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11
  1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2 2.5.3 2.5.4
  2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3`.split(/\s+/);

it('the accessibility statement lists each of the 55 criteria once, with a verdict', () => {
  assert.equal(criteria.length, 55);
  const rows = [...statement.matchAll(/^\| (\d\.\d\.\d+) [^|]+\| (\w+) \|/gm)];
  assert.deepEqual(rows.map(([, number]) => number), criteria);
  for (const [, number, verdict] of rows) assert.ok(['supported', 'partly', 'page', 'none'].includes(verdict), `${number}: ${verdict}`);
});

it('what it calls supported names a test that exists, or says why there is none', () => {
  const files = [...statement.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file);
  assert.ok(files.length > 40);
  for (const file of new Set(files)) assert.ok(existsSync(new URL(file, root)), file);
  for (const [line] of statement.matchAll(/^\| \d.*\| (supported|partly) \|.*$/gm)) assert.match(line, /\| [^|]{8,} \|$/, line);
});

it('the README leads to it', () => {
  assert.match(readFileSync(new URL('README.md', root), 'utf8'), /\(demo\/accessibility\.md\)/);
});
