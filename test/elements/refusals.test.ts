import { expect } from '@open-wc/testing';
import { AdapterError, type AdapterErrorDetails } from '../../src/core/adapter-error.js';
import type { CreateOptions } from '../../src/core/adapter.js';
import { nameOf, until } from '../helpers/page.js';
import { memory, openSettings, say, type ModalPage } from '../helpers/widget.js';

/** A form whose first Save the host refuses so. */
async function refusedWith(details: AdapterErrorDetails, enter: (modal: ModalPage) => unknown, code: AdapterError['code'] = 'validation') {
  let isRefused = true;
  const host = memory({
    intercept: (operation) => {
      if (operation === 'create' && isRefused) throw new AdapterError(code, details);
    },
  });
  const page = await openSettings({ adapter: host.adapter });
  const modal = await page.openAdd();
  modal.fillBasics();
  await enter(modal);
  await modal.settled();
  modal.save();
  await until(() => modal.text.includes(say('saveFailed')), 'the refusal');
  isRefused = false;
  return { modal, host };
}

const withHeader = async (modal: ModalPage) => {
  await modal.chooseType('No Authentication');
  await modal.addRequestHeader('X-Tenant', '7');
};

describe('what a host refuses', () => {
  for (const [path, label, enter] of [
    ['headers.0', 'Key', withHeader],
    ['headers', 'Key', withHeader],
    ['authentication.credentials.0', 'Username', async (modal: ModalPage) => {
      await modal.chooseType('Basic');
      modal.fill('Username', 'me');
    }],
  ] as const)
    it(`of ${path} stands at the first field there`, async () => {
      const { modal } = await refusedWith({ fieldErrors: { [path]: 'Not like this.' } }, enter);
      expect(modal.problem(label)).to.equal('Not like this.');
      expect(modal.text).not.to.include(`${path}:`);
    });

  for (const [path, label] of [
    ['active', 'Active'],
    ['test', 'Test credentials'],
    ['authentication.organizationSpecific', 'Org. specific authentication'],
  ] as const)
    it(`of ${path} stands at its switch, until that is turned`, async () => {
      const { modal } = await refusedWith({ fieldErrors: { [path]: 'Not like this.' } }, (one) => one.chooseType('No Authentication'));
      expect(modal.problem(label)).to.equal('Not like this.');
      expect(modal.field(label).getAttribute('aria-invalid')).to.equal('true');
      expect(modal.all('link').map(nameOf)).to.deep.equal([label]);
      const field = modal.field<HTMLInputElement>(label);
      modal.fill(label, !field.checked);
      await modal.settled();
      expect(modal.problem(label)).to.equal('');
    });

  it('repeats no secret, however it spells it, nor in a path', async () => {
    const secret = 'Ca"Na Ry/ü';
    const basic = btoa(String.fromCharCode(...new TextEncoder().encode(`me:${secret}`)));
    const spelled = [secret, JSON.stringify(secret), encodeURIComponent(secret), `Basic ${basic}`];
    const { modal } = await refusedWith(
      { message: spelled.join(' and '), fieldErrors: { [`nowhere.${secret}`]: 'Unknown.' } },
      async (one) => {
        await one.chooseType('Basic');
        one.fillAll({ Username: 'me', Password: secret });
      },
    );
    for (const spelling of [...spelled, basic]) expect(modal.text).not.to.include(spelling.replaceAll('"', ''));
    expect(modal.text).to.include('Unknown.');
  });

  it('for good is new when it is sent again: a host may answer a key that it knows as before', async () => {
    const keyOf = async (code: AdapterError['code']) => {
      const { modal, host } = await refusedWith({}, (one) => one.chooseType('No Authentication'), code);
      modal.save();
      await modal.closed();
      return host.of('create').map(({ args }) => (args[1] as CreateOptions).idempotencyKey);
    };
    for (const code of ['forbidden', 'validation', 'unauthenticated'] as const) expect(new Set(await keyOf(code)).size, code).to.equal(2);
    for (const code of ['network', 'unavailable', 'conflict'] as const) expect(new Set(await keyOf(code)).size, code).to.equal(1);
  });
});
