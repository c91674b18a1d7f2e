import { expect } from '@open-wc/testing';
import { AdapterError, toAdapterError, type AdapterErrorDetails } from '../../../src/core/adapter-error.js';
import { createWebhookForm, type WebhookForm } from '../../../src/core/form/webhook-form.js';

const filled = (): WebhookForm => {
  const form = createWebhookForm();
  form.setText('name', 'A');
  form.setText('url', 'https://hooks.example.com/in');
  form.setEvents(['site.archived']);
  form.setType('none');
  return form;
};

describe('submitting a form', () => {
  it('sends the same content with the same key, also after another content was sent in between', async () => {
    const form = filled();
    const keys: string[] = [];
    const send = async (name: string) => {
      form.setText('name', name);
      const result = await form.submit(({ idempotencyKey }) => {
        keys.push(idempotencyKey);
        return Promise.reject(new AdapterError('network'));
      });
      expect(result).to.equal('failed');
    };
    for (const name of ['A', 'B', 'A', 'B', 'C']) await send(name);
    expect(keys[2]).to.equal(keys[0]);
    expect(keys[3]).to.equal(keys[1]);
    expect(new Set(keys).size).to.equal(3);
  });
});

const hostile = (details: Record<string, unknown>) => details as AdapterErrorDetails;

describe('an error of an adapter', () => {
  for (const [given, taken] of [
    [-1, undefined],
    [0, undefined],
    [Number.NaN, undefined],
    [Number.NEGATIVE_INFINITY, undefined],
    ['soon', undefined],
    [null, undefined],
    [{}, undefined],
    [1e300, 86_400],
    [Number.POSITIVE_INFINITY, 86_400],
    [7, 7],
  ] as const)
    it(`takes a retryAfter of ${typeof given === 'number' ? String(given) : JSON.stringify(given)} for ${taken}, as a class and as an object like it`, () => {
      const details = hostile({ retryAfter: given });
      expect(new AdapterError('rate-limited', details).retryAfter).to.equal(taken);
      expect(toAdapterError({ code: 'rate-limited', ...details }).retryAfter).to.equal(taken);
    });

  it('joins several texts of a field, and leaves out what is no text', () => {
    const fieldErrors = { name: ['Too short.', 7, 'Taken.'], url: 'Wrong.', headers: { 0: 'x' }, test: 5, active: null };
    const expected = { name: 'Too short. Taken.', url: 'Wrong.' };
    expect(new AdapterError('validation', hostile({ fieldErrors })).fieldErrors).to.deep.equal(expected);
    expect(toAdapterError({ code: 'validation', fieldErrors }).fieldErrors).to.deep.equal(expected);
    for (const none of ['text', 5, null]) expect(new AdapterError('validation', hostile({ fieldErrors: none })).fieldErrors).to.equal(undefined);
  });

  it('with parts of any type never leaves the form saving', async () => {
    const parts = [
      { retryAfter: 'soon', message: 5 },
      { fieldErrors: { name: ['One.', 2], url: 7 } },
      { fieldErrors: 'none', current: 'nothing' },
      { retryAfter: 1e300, message: { toString: 1 }, fieldErrors: { name: { a: 1 } } },
    ];
    for (const part of parts)
      for (const thrown of [new AdapterError('validation', hostile(part)), { code: 'validation', ...part }]) {
        const form = filled();
        expect(await form.submit(() => Promise.reject(thrown))).to.equal('failed');
        expect(form.getState().saving).to.equal(false);
        expect(form.getState().failure?.code).to.equal('validation');
      }
  });
});
