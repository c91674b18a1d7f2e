// Each type of authentication, called by the host and verified by its receiver.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { catalogue, demoCredentials, signIn, startBoth, until } from './helpers/host.mjs';

const inputs = catalogue(demoCredentials).filter(({ name }) => !name.includes('person'));

describe('a call', () => {
  let both, maya;
  before(async () => {
    both = await startBoth();
    maya = await signIn(both.host.url, 'maya');
  });
  after(() => both.close());

  const received = (name) => both.receivers.arrivals.findLast(({ headers }) => headers['x-test'] === name);
  const marked = (input, mark) => ({ ...input, headers: [...input.headers, { key: 'X-Test', value: mark }] });

  it('with AWS4 is let in whatever the path and the query are', async () => {
    const input = inputs.find(({ authentication }) => authentication.type === 'aws4');
    for (const path of ['a%20b;c=1/~d', 'ü/$&+,:=@', '%2F%2f/x', '?x=2&x=1&y=a+b%20c&z', "?q='()*!&ü=%C3%BC", '?constructor=1&b']) {
      const url = `https://hooks.receivers.example/hooks/aws4/${path}`;
      const { body } = await maya.call('POST', '/webhooks/test', { body: { input: { ...input, url }, eventType: 'site.archived' } });
      assert.equal(body.outcome, 'succeeded', `${url}: ${body.response?.body}`);
    }
  });

  it('with AWS4 is let in whatever its headers are called', async () => {
    const input = inputs.find(({ authentication }) => authentication.type === 'aws4');
    const headers = ['__proto__', 'constructor', 'toString'].map((key) => ({ key, value: 'a  b' }));
    const { body } = await maya.call('POST', '/webhooks/test', { body: { input: { ...input, headers }, eventType: 'site.archived' } });
    assert.equal(body.outcome, 'succeeded', body.response?.body);
  });

  for (const input of inputs) {
    const { type } = input.authentication;
    it(`with ${input.name.toLowerCase()} is let in, before it is saved and by an event`, async () => {
      const tested = await maya.call('POST', '/webhooks/test', { body: { input: marked(input, `test ${input.name}`), eventType: input.events[0] } });
      assert.equal(tested.status, 200, tested.text);
      assert.equal(tested.body.outcome, 'succeeded', tested.text);
      assert.equal(received(`test ${input.name}`).refused, undefined);

      const created = await maya.call('POST', '/webhooks', { body: marked(input, input.name) });
      assert.equal(created.status, 201, created.text);
      const fired = await maya.call('POST', '/events', { body: { type: input.events[0], environment: 'live' } });
      assert.equal(fired.status, 202, fired.text);
      const { items } = await until(async () => {
        const { body } = await maya.call('GET', `/webhooks/${created.body.id}/deliveries`);
        return body.items[0]?.outcome !== 'pending' && body.items.length && body;
      }, 'the delivery in the log');
      assert.equal(items[0].outcome, 'succeeded', JSON.stringify(items[0]));
      const { headers, method, refused } = received(input.name);
      assert.equal(refused, undefined);
      assert.equal(method, input.method);
      assert.ok(headers['content-type'].startsWith(input.contentType));
      for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) assert.ok(headers[name], name);
      await maya.call('DELETE', `/webhooks/${created.body.id}`);
    });

    if (type !== 'none')
      it(`with ${input.name.toLowerCase()} and a wrong secret is refused, and says so`, async () => {
        const [credential] = structuredClone(input.authentication.credentials);
        const wrong = (value) => `${value.slice(0, -4)}${value.endsWith('wxyz') ? 'zyxw' : 'wxyz'}`;
        if (credential.headers) credential.headers[0].value = wrong(credential.headers[0].value);
        for (const name of ['password', 'value', 'secretKey', 'clientSecret'])
          if (credential[name]) credential[name] = name === 'clientSecret' && type === 'hmac-sha256' ? 'another secret' : wrong(credential[name]);
        const body = { input: { ...input, authentication: { ...input.authentication, credentials: [credential] } }, eventType: input.events[0] };
        const { body: attempt } = await maya.call('POST', '/webhooks/test', { body });
        assert.equal(attempt.outcome, 'failed');
        if (type === 'oauth2') assert.equal(attempt.error, 'authorization');
        else assert.deepEqual([attempt.error, attempt.response.status], ['status', 401]);
      });
  }
});
