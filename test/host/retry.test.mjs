// When a call is made again, as numbers.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { register } from 'tsx/esm/api';

register();
const { isFinal, retryDelay } = await import('../../demo/host/delivery/retry.ts');
const { retryAfterOf } = await import('../../demo/host/delivery/deliver.ts');

const policy = { attempts: 8, baseMs: 1_000, longestMs: 60_000 };
const HOUR = 3600;

describe('the time before a retry', () => {
  it('doubles from call to call, up to the longest', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 100, 5_000].map((number) => retryDelay(policy, number, 0, 1));
    assert.deepEqual(delays, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
  });

  it('has jitter of up to a half', () => {
    assert.equal(retryDelay(policy, 3, 0, 0), 2_000);
    assert.equal(retryDelay(policy, 3, 0, 0.5), 3_000);
    const drawn = Array.from({ length: 200 }, () => retryDelay(policy, 3));
    assert.ok(drawn.every((delay) => delay >= 2_000 && delay <= 4_000));
    assert.ok(new Set(drawn).size > 50);
  });

  it('is at least what the receiver asks for, and at most a day', () => {
    assert.equal(retryDelay(policy, 1, 90, 0), 90_000);
    assert.equal(retryDelay(policy, 5, 3, 1), 16_000);
    assert.equal(retryDelay(policy, 1, 999_999_999, 0), 24 * HOUR * 1000);
  });

  it('is none after what more of the same would not help', () => {
    assert.equal(isFinal('too-large', 200), true);
    assert.equal(isFinal('status', 410), true);
    for (const [error, status] of [['status', 500], ['timeout', undefined], ['internal', undefined]]) assert.equal(isFinal(error, status), false);
  });
});

describe('Retry-After', () => {
  const of = (value, status = 503) => retryAfterOf({ status, headers: [{ key: 'Retry-After', value }] });

  it('is read as seconds', () => {
    assert.equal(of('0'), 0);
    assert.equal(of(' 120 '), 120);
    assert.equal(of('120', 429), 120);
  });

  it('is read as an HTTP-date', () => {
    const at = new Date(Date.now() + 90_000);
    const seconds = of(at.toUTCString());
    assert.ok(seconds >= 88 && seconds <= 90, String(seconds));
    assert.equal(of('Wed, 21 Oct 2015 07:28:00 GMT'), 0);
  });

  it('is ignored where it is bogus, or the receiver is neither overloaded nor away', () => {
    for (const value of ['', '-1', '1.5', '1e3', 'soon', '2030-01-01', '99999999999', 'Foo, bar GMT']) assert.equal(of(value), undefined, value);
    for (const status of [200, 301, 400, 500]) assert.equal(of('5', status), undefined, String(status));
    assert.equal(retryAfterOf({ status: 429, headers: [] }), undefined);
  });
});
