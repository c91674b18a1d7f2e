// Webhooks by name and by search, whatever the letters and whatever the locale of the database.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openQueue } from './helpers/queue.mjs';

const account = 'acc_brightside';
const names = ['zz', 'Äpfel b', 'äpfel a', 'ÄPFEL c', 'A\u0308pfel d', 'İzmir b', 'İzmir a', 'izmir c', 'ΟΔΟΣ', 'οδός', '東京', '🔑 two', '🔑 one', 'Straße', '100%', 'a_b', 'Абв'];

let open;
before(async () => {
  open = await openQueue();
  for (const name of names) await open.add(name);
});
after(() => open.close());

async function readAll(query) {
  const seen = [];
  let cursor;
  do {
    const page = await open.webhooks.list(account, { limit: 2, ...query, cursor });
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
    assert.ok(seen.length <= names.length, `rows come again: ${seen.join(' | ')}`);
  } while (cursor);
  return seen;
}

describe('a list in pages', () => {
  for (const sort of ['name', '-name', 'createdAt', '-createdAt'])
    it(`by ${sort} has each webhook once`, async () => {
      const seen = await readAll({ sort });
      assert.deepEqual([...seen].sort(), [...names].sort());
    });

  it('by name has no notice of case or of how an accent is written, and is the same backwards', async () => {
    const seen = await readAll({ sort: 'name' });
    assert.deepEqual(seen.filter((name) => /pfel/i.test(name)), ['äpfel a', 'Äpfel b', 'ÄPFEL c', 'A\u0308pfel d']);
    assert.deepEqual(seen, (await readAll({ sort: '-name' })).reverse());
    assert.deepEqual(seen.slice(0, 3), ['100%', 'a_b', 'İzmir a']);
  });
});

describe('a search', () => {
  for (const [search, expected] of [
    ['äpfel', 4],
    ['A\u0308PFEL', 4],
    ['οδοσ', 1],
    ['ΟΔΟΣ', 1],
    ['İZMİR', 3],
    ['izmir', 3],
    ['_', 1],
    ['%', 1],
    ['東', 1],
    ['EXAMPLE.COM', names.length],
  ])
    it(`for ${search} finds ${expected}`, async () => {
      assert.equal((await open.webhooks.list(account, { limit: 100, sort: 'name', search })).total, expected);
    });

  it('finds a webhook by its new name once it has one', async () => {
    const { items } = await open.webhooks.list(account, { limit: 1, sort: 'name', search: 'zz' });
    await open.webhooks.update(account, items[0].id, { name: 'Ümlaut' });
    assert.equal((await open.webhooks.list(account, { limit: 1, sort: 'name', search: 'ümlaut' })).total, 1);
    assert.equal((await open.webhooks.list(account, { limit: 1, sort: 'name', search: 'zz' })).total, 0);
  });
});
