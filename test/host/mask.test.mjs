// Secrets that a receiver repeats, in whatever way it writes them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { register } from 'tsx/esm/api';

register();
const { createMask } = await import('../../demo/host/delivery/mask.ts');

const secret = `SuperSecret-0123/+456 <b>&"quoted'\\ä?>>~`;
const { text, headers } = createMask([secret]);
const base64 = (value) => Buffer.from(value).toString('base64');
const escaped = (form) => [...secret].map((one) => (/[<>&"'\\\/ä]/.test(one) ? form(one) : one)).join('');
const code = (one) => one.codePointAt(0);

describe('a secret in an answer', () => {
  const php = JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/').replaceAll('ä', '\\u00e4');
  for (const [name, repeated] of Object.entries({
    'as it is': secret,
    'in upper case': secret.toUpperCase(),
    'in lower case': secret.toLowerCase(),
    'in JSON': JSON.stringify(secret),
    'in JSON as PHP writes it': php,
    'in JSON as Go writes it': JSON.stringify(secret).replace(/[<>&]/g, (one) => `\\u00${code(one).toString(16)}`),
    'in HTML, by name': secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    'in HTML, by number': escaped((one) => `&#${code(one)};`),
    'in HTML, by number in hex': escaped((one) => `&#x${code(one).toString(16)};`),
    'in HTML in JSON': JSON.stringify(secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')).replaceAll('&', '\\u0026'),
    'in a URL': encodeURIComponent(secret),
    'in a URL, in lower case': encodeURIComponent(secret).toLowerCase(),
    'in a form': new URLSearchParams({ secret }).toString().slice('secret='.length),
    'in base64': base64(secret),
    'in base64 without padding': base64(secret).replace(/=+$/, ''),
    'in base64url': Buffer.from(secret).toString('base64url'),
    'in base64 in a URL': encodeURIComponent(base64(secret)),
    'in hex': Buffer.from(secret).toString('hex'),
  }))
    it(`${name} is masked, and what is around it is not`, () => {
      assert.equal(text(`before 100% ä ${repeated.replace(/^"|"$/g, '')} after`).replace(/•••=*/, '•••').replace(/•••(%3D)*/i, '•••'), 'before 100% ä ••• after');
    });

  it('in base64 of more than it is masked', () => {
    for (const before of ['', 'a', 'ab', 'user:']) {
      const inside = text(base64(`${before}${secret}-and-more`));
      assert.ok(inside.includes('•••'), inside);
      // Two letters at an edge stand for a neighbour, too.
      assert.ok(inside.replace('•••', '').length < base64(`${before}-and-more`).length + 6, inside);
    }
  });

  it('twice, or beside another one, is masked each time', () => {
    const both = createMask(['one-secret', 'secret-two']);
    assert.equal(both.text('one-secret one-secret|secret-two|one-secret-two|'), '••• •••|•••|•••|');
  });

  it('that looks escaped is masked as it is and as it is read', () => {
    const odd = createMask(['a%41%42&amp;\\u0041+z']);
    for (const repeated of ['a%41%42&amp;\\u0041+z', encodeURIComponent('a%41%42&amp;\\u0041+z'), JSON.stringify('a%41%42&amp;\\u0041+z').slice(1, -1)])
      assert.equal(odd.text(`<${repeated}>`), '<•••>', repeated);
  });

  it('in the name of a header is masked', () => {
    assert.deepEqual(createMask(['SuperSecretKey0123']).headers([{ key: 'x-k-supersecretkey0123', value: 'SuperSecretKey0123' }]), [{ key: 'x-k-•••', value: '•••' }]);
    assert.deepEqual(headers([{ key: 'x-a', value: 'b' }]), [{ key: 'x-a', value: 'b' }]);
  });

  it('that is cut off is left out', () => {
    const long = `${'x'.repeat(5_000)}${secret}`;
    for (let missing = 1; missing < secret.length; missing++) {
      const shown = text(long.slice(0, -missing), true);
      assert.ok(/^x{4000,5000}$/.test(shown), shown.slice(-60));
    }
    assert.ok(/^x+•••$/.test(text(`${long}${'y'.repeat(100)}`, true).replace(/y+$/, '')) || /^x+$/.test(text(`${long}${'y'.repeat(100)}`, true)));
  });

  it('that is short is no reason to mask words', () => assert.equal(createMask(['abc', '']).text('abc'), 'abc'));

  it('is found in a large answer in no time to speak of', () => {
    const began = performance.now();
    createMask(Array.from({ length: 50 }, (_, index) => `secret-number-${index}-${'z'.repeat(200)}`)).text('%41&lt;\\u003c'.repeat(5_000), true);
    assert.ok(performance.now() - began < 3_000);
  });
});
