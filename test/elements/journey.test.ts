import { expect } from '@open-wc/testing';
import type { Webhook, WebhookInput } from '../../src/core/webhook.js';
import type { WebhookCreatedEvent, WebhookUpdatedEvent } from '../../src/events/index.js';
import { focusOn, Page, until } from '../helpers/page.js';
import { credentialSamples, memory, openSettings, stored, storedWebhook, type CredentialSample } from '../helpers/widget.js';

/** Every string in a value, wherever. */
const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(strings) : [];

const listen = <Detail>(element: EventTarget, type: string) => {
  const events: Detail[] = [];
  element.addEventListener(type, (event) => events.push((event as CustomEvent<Detail>).detail));
  return events;
};

const expected = (sample: CredentialSample, perOrganization: boolean): WebhookInput => ({
  name: 'Milestones to CRM',
  events: ['milestone.status_change'],
  url: 'https://hooks.example.com/in?tenant=7',
  method: 'PUT',
  contentType: 'application/xml',
  headers: [{ key: 'X-Tenant', value: '7' }],
  test: true,
  active: false,
  authentication: {
    type: sample.type,
    organizationSpecific: perOrganization,
    credentials: !sample.credential('')
      ? []
      : perOrganization
        ? [
            { organizationId: 'org_2', ...sample.credential('south') },
            { organizationId: 'org_1', ...sample.credential('north') },
          ]
        : [sample.credential('all')],
  } as WebhookInput['authentication'],
});

describe('the journey from the empty state to a saved webhook', () => {
  for (const sample of credentialSamples)
    for (const perOrganization of [false, true])
      it(`${sample.label}, ${perOrganization ? 'two organizations' : 'single'}`, async () => {
        const { adapter, of } = memory();
        const page = await openSettings({ adapter });
        const created = listen<WebhookCreatedEvent['detail']>(document, 'webhook-created');
        expect(page.parts('empty')).to.have.length(1);

        const modal = await page.openAdd();
        modal.get('heading', 'Add Webhook');
        modal.fillAll({
          Name: '  Milestones to CRM ',
          Event: 'Milestone Status Change',
          'Endpoint URL': ' https://hooks.example.com/in?tenant=7 ',
          'HTTP method': 'PUT',
          'Content type': 'application/xml',
          'Test credentials': true,
          Active: false,
          'Org. specific authentication': perOrganization,
        });
        await modal.chooseType(sample.label);
        if (perOrganization && sample.type !== 'none') {
          modal.fill('Organization', 'Südwind GmbH');
          await modal.settled();
          await modal.enterCredential(modal.organization('Südwind GmbH'), sample.enter('south'));
          modal.press('Add Organization Credential');
          await modal.settled();
          new Page(modal.parts('organization')[1]!).fill('Organization', 'Northwind');
          await modal.settled();
          await modal.enterCredential(modal.organization('Northwind'), sample.enter('north'));
        } else await modal.enterCredential(modal.authentication, sample.enter('all'));
        await modal.addRequestHeader('X-Tenant', '7');
        modal.save();
        await modal.closed();

        const input = expected(sample, perOrganization);
        expect(of('create')).to.have.length(1);
        expect(of('create')[0]!.args[0]).to.deep.equal(input);

        const row = page.row('Milestones to CRM');
        expect(row.text).to.include('Milestone Status Change').and.include('PUT').and.include('hooks.example.com');
        expect(row.text).to.include(sample.label);
        if (perOrganization && sample.type !== 'none') expect(row.text).to.include('2 organizations');
        expect(row.parts('badge').map(({ textContent }) => textContent)).to.deep.equal(['test', 'inactive']);
        expect(page.parts('empty')).to.be.empty;

        expect(created).to.have.length(1);
        const { webhook } = created[0]!;
        expect(webhook.authentication.credentials).to.have.length(input.authentication.credentials.length);
        const typed = strings(input.authentication).filter((text) => /north|south|all$/.test(text));
        expect(strings(webhook)).not.to.include.oneOf(['never', ...typed]);
        expect(JSON.stringify(webhook.authentication).match(/"stored":true/g) ?? []).to.have.length(typed.length);
      });

  it('comes back after a reload of the list', async () => {
    const { adapter } = memory();
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    await modal.fillValid({ Name: 'To stay' });
    modal.save();
    await modal.closed();
    await page.element.refresh();
    expect(page.names).to.deep.equal(['To stay']);
  });

  it('OAuth2 with client credentials has no authorization URL, and leaves out what is optional', async () => {
    const { adapter, of } = memory();
    const modal = await (await openSettings({ adapter })).openAdd();
    modal.fillBasics();
    await modal.chooseType('OAuth2');
    modal.fill('Authorization URL', 'https://login.example.com/authorize');
    modal.fill('Grant type', 'client_credentials');
    await modal.settled();
    expect(modal.hasField('Authorization URL')).to.equal(false);
    modal.fillAll({ 'Token URL': 'https://login.example.com/token', 'Client ID': 'me', 'Client Secret': 'mine' });
    modal.save();
    await modal.closed();
    expect((of('create')[0]!.args[0] as WebhookInput).authentication.credentials).to.deep.equal([
      {
        grantType: 'client_credentials',
        tokenUrl: 'https://login.example.com/token',
        clientId: 'me',
        clientSecret: 'mine',
        clientAuthentication: 'basic',
      },
    ]);
  });

  it('either part of Basic may stay empty', async () => {
    const { adapter, of } = memory();
    const modal = await (await openSettings({ adapter })).openAdd();
    modal.fillBasics();
    await modal.chooseType('Basic');
    modal.fill('Password', 'alone');
    modal.save();
    await modal.closed();
    expect((of('create')[0]!.args[0] as WebhookInput).authentication.credentials).to.deep.equal([
      { username: '', password: 'alone' },
    ]);
  });
});

describe('editing a webhook', () => {
  for (const sample of credentialSamples)
    for (const perOrganization of [false, true])
      it(`the name alone is sent, ${sample.label}, ${perOrganization ? 'two organizations' : 'single'}`, async () => {
        const webhook = stored(expected(sample, perOrganization), { id: 'wh_x', version: '7' });
        const { adapter, of } = memory({ webhooks: [webhook] });
        const page = await openSettings({ adapter });
        const updated = listen<WebhookUpdatedEvent['detail']>(document, 'webhook-updated');
        const modal = await page.openEdit('Milestones to CRM');
        modal.get('heading', 'Edit Webhook');
        modal.fill('Name', 'Renamed');
        modal.save();
        await modal.closed();
        const [id, changes, options] = of('update')[0]!.args as [string, object, { version: string }];
        expect(id).to.equal('wh_x');
        expect(changes).to.deep.equal({ name: 'Renamed' });
        expect(options.version).to.equal('7');
        expect(page.names).to.deep.equal(['Renamed']);
        expect(updated.map(({ webhook: { name } }) => name)).to.deep.equal(['Renamed']);
      });

  const withAws = (): Webhook =>
    storedWebhook({
      name: 'AWS',
      authentication: {
        type: 'aws4',
        organizationSpecific: true,
        credentials: [
          {
            organizationId: 'org_1',
            accessKey: 'AKIDEXAMPLE123456789',
            secretKey: { stored: true, hint: '9f2a' },
            region: 'us-east-1',
            service: 'execute-api',
            baseEndpoint: 'https://api.example.com',
          },
          {
            organizationId: 'org_2',
            accessKey: 'AKIDEXAMPLE987654321',
            secretKey: { stored: true },
            region: 'eu-west-1',
            service: 'execute-api',
            baseEndpoint: 'https://api.example.com',
          },
        ],
      },
    });

  const secretsSent = (input: Partial<WebhookInput>) =>
    (input.authentication as { credentials: { secretKey: unknown }[] }).credentials.map(({ secretKey }) => secretKey);

  it('sends stored secrets as kept when something beside them changes', async () => {
    const { adapter, of } = memory({ webhooks: [withAws()] });
    const modal = await (await openSettings({ adapter })).openEdit('AWS');
    modal.organization('Northwind').fill('AWS Region', 'us-west-2');
    modal.save();
    await modal.closed();
    const changes = of('update')[0]!.args[1] as Partial<WebhookInput>;
    expect(Object.keys(changes)).to.deep.equal(['authentication']);
    expect(secretsSent(changes)).to.deep.equal([{ stored: true }, { stored: true }]);
  });

  it('says that a secret is set, with its hint, and never shows it', async () => {
    const { adapter } = memory({ webhooks: [withAws()] });
    const modal = await (await openSettings({ adapter })).openEdit('AWS');
    const block = modal.organization('Northwind');
    expect(block.text).to.include('ends in 9f2a');
    expect(block.hasField('Secret Key')).to.equal(false);
  });

  it('takes bullets for what they are: a secret that someone typed', async () => {
    const { adapter, of } = memory({ webhooks: [withAws()] });
    const modal = await (await openSettings({ adapter })).openEdit('AWS');
    const block = modal.organization('Südwind GmbH');
    block.press('Replace');
    await modal.settled();
    await focusOn(() => block.field('Secret Key'));
    block.fill('Secret Key', '••••••••');
    modal.save();
    await modal.closed();
    const changes = of('update')[0]!.args[1] as Partial<WebhookInput>;
    expect(secretsSent(changes)).to.deep.equal([{ stored: true }, '••••••••']);
  });

  it('goes back to the stored secret with Keep current', async () => {
    const { adapter, of } = memory({ webhooks: [withAws()] });
    const modal = await (await openSettings({ adapter })).openEdit('AWS');
    const block = modal.organization('Northwind');
    block.press('Replace');
    await modal.settled();
    block.fill('Secret Key', 'never mind');
    await modal.settled();
    block.press('Keep current');
    await modal.settled();
    expect(block.hasField('Secret Key')).to.equal(false);
    await focusOn(() => block.button('Replace'));
    block.fill('AWS Region', 'us-west-2');
    modal.save();
    await modal.closed();
    const changes = of('update')[0]!.args[1] as Partial<WebhookInput>;
    expect(secretsSent(changes)).to.deep.equal([{ stored: true }, { stored: true }]);
  });

  it('asks for the secret again when Replace was pressed and nothing was typed', async () => {
    const { adapter, of } = memory({ webhooks: [withAws()] });
    const modal = await (await openSettings({ adapter })).openEdit('AWS');
    const block = modal.organization('Northwind');
    block.press('Replace');
    await modal.settled();
    modal.save();
    await until(() => block.problem('Secret Key'), 'an error at the secret');
    expect(of('update')).to.be.empty;
  });

  it('never lends a stored secret to another organization', async () => {
    const { adapter } = memory({ webhooks: [withAws()] });
    const modal = await (await openSettings({ adapter })).openEdit('AWS');
    modal.organization('Südwind GmbH').fill('Organization', 'Contoso');
    await modal.settled();
    expect(modal.organization('Contoso').field('Secret Key').value).to.equal('');
    expect(modal.organization('Contoso').has('button', 'Replace')).to.equal(false);
  });

  it('calls nothing when nothing changed', async () => {
    const { adapter, of } = memory({ webhooks: [withAws()] });
    const modal = await (await openSettings({ adapter })).openEdit('AWS');
    modal.save();
    await modal.closed();
    expect(of('update')).to.be.empty;
  });
});
