import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse, resetMouse } from '@web/test-runner-commands';
import { pressKey, tabIntoPage } from '../helpers/keys.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { Webhook } from '../../src/core/webhook.js';
import type { WebhookModalCloseEvent, WebhookSubmitEvent } from '../../src/events/index.js';
import { whenIdle } from '../../src/elements/shared/when-idle.js';
import { deferred, descriptionOf, enter, focused, focusOn, nameOf, Page, problemOf, until } from '../helpers/page.js';
import { memory, mountModal, openModal, openSettings, say, storedWebhook, type ModalPage } from '../helpers/widget.js';

/** What the modal's own listener gets. */
function submissions({ element }: ModalPage, answer?: (event: WebhookSubmitEvent) => Promise<unknown>): WebhookSubmitEvent[] {
  const events: WebhookSubmitEvent[] = [];
  element.addEventListener('webhook-submit', (event) => {
    events.push(event);
    if (answer) event.waitUntil(answer(event));
  });
  return events;
}

function closings({ element }: ModalPage): WebhookModalCloseEvent[] {
  const events: WebhookModalCloseEvent[] = [];
  element.addEventListener('webhook-modal-close', (event) => events.push(event));
  return events;
}

const reasons = (events: readonly WebhookModalCloseEvent[]) => events.map(({ detail }) => detail.reason);


/** A press with the mouse on the backdrop, in the corner of the window. */
async function pressBackdrop(): Promise<void> {
  await sendMouse({ type: 'click', position: [2, 2] });
}

/** What the summary of errors is called, with any number in it. */
const problemsTitle = new RegExp(
  ['one', 'other'].map((one) => say('summaryTitle', { count: one === 'one' ? 1 : 2 }).replace(/\d/, '\\d+')).join('|') + `|${say('saveFailed').split('.')[0]}`,
);

const summary = (modal: ModalPage): Page => modal.within('group', problemsTitle);

const twoOrganizations = (): Webhook =>
  storedWebhook({
    name: 'Two',
    authentication: {
      type: 'aws4',
      organizationSpecific: true,
      credentials: ['org_1', 'org_2'].map((organizationId) => ({
        organizationId,
        accessKey: 'AKIDEXAMPLE123456789',
        secretKey: { stored: true as const, hint: '9f2a' },
        region: 'us-east-1',
        service: 'execute-api',
        baseEndpoint: 'https://api.example.com',
      })),
    },
  });

describe('<add-webhook-modal> alone', () => {
  afterEach(() => resetMouse());

  describe('opening', () => {
    it('shows nothing until it is opened', async () => {
      const modal = await mountModal();
      expect(modal.isOpen).to.equal(false);
      expect(modal.text).to.equal('');
    });

    it('opens by its attribute', async () => {
      const modal = await mountModal();
      modal.element.setAttribute('open', '');
      await modal.opened();
    });

    it('opens by its property, which is reflected', async () => {
      const modal = await mountModal();
      modal.element.open = true;
      await modal.opened();
      expect(modal.element.hasAttribute('open')).to.equal(true);
    });

    it('show() settles when the fields are there, close() when they are gone', async () => {
      const modal = await mountModal();
      await modal.element.show();
      modal.field('Name');
      await modal.element.close();
      expect(modal.isOpen).to.equal(false);
      expect(modal.element.hasAttribute('open')).to.equal(false);
    });

    it('is a modal dialog that is named by its heading', async () => {
      const modal = await openModal();
      const dialog = modal.get<HTMLDialogElement>('dialog', 'Add Webhook');
      expect(dialog.matches(':modal')).to.equal(true);
      modal.get('heading', 'Add Webhook');
    });

    it('with a webhook it edits', async () => {
      const modal = await openModal({ webhook: storedWebhook({ name: 'Mine', test: true }) });
      modal.get('dialog', 'Edit Webhook');
      expect(modal.field('Name').value).to.equal('Mine');
      expect(modal.field('Test credentials').checked).to.equal(true);
      expect(modal.field('Username').value).to.equal('integration');
    });

    it('starts blank each time', async () => {
      const modal = await openModal();
      await modal.fillValid();
      await modal.element.close();
      await modal.element.show();
      expect(modal.field('Name').value).to.equal('');
      expect(modal.field<HTMLSelectElement>('Authentication type').value).to.equal('');
    });

    it('has the sections in order', async () => {
      const modal = await openModal();
      await modal.chooseType('Basic');
      expect(modal.fields().map(nameOf)).to.deep.equal([
        'Name',
        'Event',
        'Endpoint URL',
        'HTTP method',
        'Content type',
        'Test credentials',
        'Active',
        'Org. specific authentication',
        'Authentication type',
        'Username',
        'Password',
      ]);
      expect(modal.all('switch').map(nameOf)).to.deep.equal([
        'Test credentials',
        'Active',
        'Org. specific authentication',
      ]);
    });

    it('offers the contract’s methods and content types, and all seven types', async () => {
      const modal = await openModal();
      const values = (label: string) => [...modal.field<HTMLSelectElement>(label).options].map(({ value }) => value);
      expect(values('HTTP method')).to.deep.equal(['POST', 'PUT', 'PATCH']);
      expect(values('Content type')).to.deep.equal([
        'application/json',
        'application/xml',
        'application/x-www-form-urlencoded',
      ]);
      const types = [...modal.field<HTMLSelectElement>('Authentication type').options].map(({ text }) => text);
      expect(types).to.deep.equal([
        say('choose'),
        'Headers',
        'Basic',
        'Token',
        'AWS4',
        'HMAC-SHA256',
        'No Authentication',
        'OAuth2',
      ]);
    });

    it('offers its own event types, in their groups', async () => {
      const modal = await openModal({
        eventTypes: [
          { id: 'a', label: 'Signed', group: 'Contracts' },
          { id: 'b', label: 'Archived', group: 'Sites' },
          { id: 'c', label: 'Sent', group: 'Contracts' },
        ],
      });
      const groups = [...modal.field<HTMLSelectElement>('Event').querySelectorAll('optgroup')];
      expect(groups.map(({ label, children }) => [label, ...[...children].map(({ textContent }) => textContent)])).to.deep.equal([
        ['Contracts', 'Signed', 'Sent'],
        ['Sites', 'Archived'],
      ]);
    });

    it('offers only its authTypes, in their order', async () => {
      const modal = await openModal({ authTypes: ['token', 'basic'] });
      const { options } = modal.field<HTMLSelectElement>('Authentication type');
      expect([...options].map(({ text }) => text)).to.deep.equal([say('choose'), 'Token', 'Basic']);
    });

    it('ignores ids in its authTypes that are none of the seven', async () => {
      const modal = await openModal({ authTypes: ['basic', 'magic', '__proto__', 'constructor', 'none'] as never });
      const { options } = modal.field<HTMLSelectElement>('Authentication type');
      expect([...options].map(({ text }) => text)).to.deep.equal([say('choose'), 'Basic', 'No Authentication']);
    });

    it('has the boxes of several events in the groups of the catalogue, and the first one is where an error leads', async () => {
      const modal = await openModal({
        eventSelection: 'multiple',
        webhook: storedWebhook({ events: ['gone'] }),
        eventTypes: [
          { id: 'a', label: 'Signed', group: 'Contracts' },
          { id: 'b', label: 'Archived', group: 'Sites' },
          { id: 'c', label: 'Sent', group: 'Contracts' },
          { id: 'd', label: 'Anything else' },
        ],
      });
      const events = submissions(modal);
      const group = modal.within('group', 'Events');
      const boxes = (page: Page) => page.all('checkbox').map(nameOf);
      expect(boxes(group.within('group', 'Contracts'))).to.deep.equal(['Signed', 'Sent']);
      expect(boxes(group.within('group', 'Sites'))).to.deep.equal(['Archived']);
      expect(boxes(group)).to.deep.equal(['Signed', 'Sent', 'Archived', 'Anything else', say('unknownOption', { value: 'gone' })]);
      expect(new Set(group.all('checkbox').map(({ id }) => id)).size).to.equal(5);
      group.fill(say('unknownOption', { value: 'gone' }), false);
      await modal.settled();
      modal.save();
      await focusOn(() => group.get('checkbox', 'Signed'));
      for (const label of ['Sent', 'Archived']) {
        group.fill(label, true);
        await modal.settled();
      }
      modal.save();
      await modal.closed();
      expect(events[0]!.detail.changes).to.deep.equal({ events: ['c', 'b'] });
    });

    it('has one box per event with event-selection="multiple"', async () => {
      const modal = await openModal({ eventSelection: 'multiple' });
      const events = submissions(modal);
      expect(modal.hasField('Event')).to.equal(false);
      const group = modal.within('group', 'Events');
      group.fill('Site Archived', true);
      await modal.settled();
      group.fill('Contract Status Change', true);
      await modal.settled();
      group.fill('Site Archived', false);
      await modal.settled();
      group.fill('Task Comment Created', true);
      modal.fillAll({ Name: 'Several', 'Endpoint URL': 'https://hooks.example.com/in' });
      await modal.chooseType('No Authentication');
      modal.save();
      await modal.closed();
      expect(events[0]!.detail.input.events).to.deep.equal(['contract.status_change', 'task_comment.created']);
    });

    it('says its own texts', async () => {
      const modal = await openModal({ messages: { save: 'Speichern', 'field.name': 'Bezeichnung' } });
      modal.button('Speichern');
      modal.field('Bezeichnung');
    });

    it('explains the chosen type in one sentence', async () => {
      const modal = await openModal();
      await modal.chooseType('HMAC-SHA256');
      expect(modal.authentication.text).to.include(say('summary.hmac-sha256'));
    });
  });

  describe('with a webhook that is none', () => {
    for (const [what, webhook, path] of [
      ['an empty object', {}, 'name'],
      ['a text', 'wh_1', 'name'],
      ['one without authentication', { ...storedWebhook(), authentication: undefined }, 'authentication'],
      ['one of an unknown type', { ...storedWebhook(), authentication: { type: 'magic', organizationSpecific: false, credentials: [] } }, 'authentication.type'],
      [
        'one with the value of a secret',
        { ...storedWebhook(), authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'u', password: 'LEAK' }] } },
        'authentication.credentials.0.password',
      ],
    ] as const)
      it(`names what is wrong instead of the form: ${what}`, async () => {
        const modal = await mountModal({ webhook: webhook as never });
        const events = submissions(modal);
        await modal.element.show();
        const dialog = new Page(modal.get('dialog', 'Edit Webhook'));
        const { textContent } = dialog.get('alert');
        expect(textContent).to.match(new RegExp(`^${say('malformed', { paths: '(.*)' }).replace('.', '\\.')}$`));
        expect(textContent.split(/[ ,]+/).map((word) => word.replace(/\.$/, ''))).to.include(path);
        expect(modal.element.shadowRoot!.textContent).not.to.include('LEAK');
        expect(modal.fields(), 'fields').to.be.empty;
        expect(modal.has('button', 'Save'), 'Save').to.equal(false);
        modal.press(say('close'));
        await modal.closed();
        expect(events).to.be.empty;
        modal.element.webhook = storedWebhook({ name: 'A good one' });
        await modal.element.show();
        expect(modal.field('Name').value).to.equal('A good one');
      });

    it('shows the form as soon as the page hands in a good one', async () => {
      const webhook = storedWebhook({ name: 'A good one' });
      const modal = await mountModal({ webhook: { id: webhook.id } as never });
      await modal.element.show();
      modal.get('alert');
      modal.element.webhook = webhook;
      await modal.opened();
      expect(modal.field('Name').value).to.equal('A good one');
      expect(modal.has('alert')).to.equal(false);
    });

    it('edits one without dates, which it has no use for', async () => {
      const { createdAt: _, updatedAt: __, ...webhook } = storedWebhook({ name: 'No dates' });
      const modal = await openModal({ webhook: webhook as never });
      expect(modal.field('Name').value).to.equal('No dates');
    });

    it('says the same of a template', async () => {
      const modal = await mountModal({ template: { name: 'Half' } as never });
      await modal.element.show();
      expect(new Page(modal.get('dialog', 'Add Webhook')).get('alert').textContent).to.include('url');
    });
  });

  describe('webhook-submit', () => {
    it('carries the input and reaches nobody but the modal’s own listeners', async () => {
      const modal = await openModal();
      const heard: string[] = [];
      const parent = modal.element.parentElement!;
      parent.addEventListener('webhook-submit', () => heard.push('parent'));
      const events = submissions(modal);
      await modal.fillValid();
      modal.save();
      await modal.closed();
      expect(events).to.have.length(1);
      const [{ bubbles, composed, detail }] = events as [WebhookSubmitEvent];
      expect({ bubbles, composed }).to.deep.equal({ bubbles: false, composed: false });
      expect(heard).to.be.empty;
      expect(detail.id).to.equal(undefined);
      expect(detail.changes).to.equal(undefined);
      expect(detail.input).to.deep.equal({
        name: 'Milestones to CRM',
        events: ['milestone.status_change'],
        url: 'https://hooks.example.com/in',
        method: 'POST',
        contentType: 'application/json',
        headers: [],
        test: false,
        active: true,
        authentication: { type: 'none', organizationSpecific: false, credentials: [] },
      });
    });

    it('on an edit carries the id and what changed', async () => {
      const modal = await openModal({ webhook: storedWebhook({ id: 'wh_edit' }) });
      const events = submissions(modal);
      modal.fill('Name', 'New name');
      modal.fill('Active', false);
      modal.save();
      await modal.closed();
      const { id, changes, input } = events[0]!.detail;
      expect(id).to.equal('wh_edit');
      expect(changes).to.deep.equal({ name: 'New name', active: false });
      expect(input.authentication.credentials).to.deep.equal([{ username: 'integration', password: { stored: true } }]);
    });

    it('is sent by Enter in a field', async () => {
      const modal = await openModal();
      const events = submissions(modal);
      await modal.fillValid();
      modal.field('Name').focus();
      await pressKey('Enter');
      await modal.closed();
      expect(events).to.have.length(1);
    });

    it('is not sent while something is wrong', async () => {
      const modal = await openModal();
      const events = submissions(modal);
      await modal.fillValid({ 'Endpoint URL': 'http://hooks.example.com/in' });
      modal.save();
      await until(() => modal.problem('Endpoint URL'), 'an error at the URL');
      expect(events).to.be.empty;
      expect(modal.isOpen).to.equal(true);
    });

    it('closes at once where nobody waits for anything', async () => {
      const modal = await openModal();
      const events = closings(modal);
      await modal.fillValid();
      modal.save();
      await modal.closed();
      expect(reasons(events)).to.deep.equal(['saved']);
      expect(modal.element.open).to.equal(false);
    });

    it('waits for every promise', async () => {
      const modal = await openModal();
      const first = deferred();
      const second = deferred();
      submissions(modal, () => first.promise);
      submissions(modal, () => second.promise);
      await modal.fillValid();
      modal.save();
      await until(() => modal.text.includes(say('saving')), 'it should say that it saves');
      first.resolve();
      await first.promise;
      await modal.settled();
      expect(modal.isOpen).to.equal(true);
      second.resolve();
      await modal.closed();
    });

    it('takes waitUntil from the detail too', async () => {
      const modal = await openModal();
      const saving = deferred();
      modal.element.addEventListener('webhook-submit', ({ detail: { waitUntil } }) => waitUntil(saving.promise));
      await modal.fillValid();
      modal.save();
      await until(() => modal.text.includes(say('saving')), 'it should say that it saves');
      saving.resolve();
      await modal.closed();
    });
  });

  describe('while saving', () => {
    it('is busy: the fields are inert, Save says so and a second press does nothing', async () => {
      const modal = await openModal();
      const saving = deferred();
      const events = submissions(modal, () => saving.promise);
      await modal.fillValid();
      const save = modal.button('Save');
      save.click();
      save.click();
      await until(() => save.getAttribute('aria-disabled') === 'true', 'Save should be busy');
      save.click();
      await modal.settled();
      expect(events).to.have.length(1);
      expect(modal.parts('dialog-body')[0]!.matches('[inert]')).to.equal(true);
      saving.resolve();
      await modal.closed();
      expect(events).to.have.length(1);
    });

    it('Cancel stops waiting, keeps the text and says that the server may still have it', async () => {
      const modal = await openModal();
      const never = deferred();
      const events = submissions(modal, () => never.promise);
      await modal.fillValid({ Name: 'Kept' });
      modal.save();
      await until(() => modal.button('Save').getAttribute('aria-disabled'), 'Save should be busy');
      modal.press('Cancel');
      await until(() => modal.find('alert'), 'it should say so');
      expect(modal.get('alert').textContent).to.include(say('savingStopped'));
      expect(events[0]!.detail.signal.aborted).to.equal(true);
      expect(modal.field('Name').value).to.equal('Kept');
      expect(modal.button('Save').hasAttribute('aria-disabled')).to.equal(false);
      modal.save();
      await until(() => events.length === 2, 'a second save');
      expect(events[1]!.detail.idempotencyKey).to.equal(events[0]!.detail.idempotencyKey);
      never.resolve();
      await modal.closed();
    });

    it('ignores the answer to a save that was stopped', async () => {
      const modal = await openModal();
      const first = deferred();
      submissions(modal, () => first.promise);
      await modal.fillValid();
      modal.save();
      await until(() => modal.button('Save').getAttribute('aria-disabled'), 'Save should be busy');
      modal.press('Cancel');
      await until(() => modal.find('alert'), 'it should say so');
      first.resolve();
      await first.promise;
      await modal.settled();
      expect(modal.isOpen).to.equal(true);
    });

    it('Escape stops waiting too', async () => {
      const modal = await openModal();
      submissions(modal, () => deferred().promise);
      await modal.fillValid({ Name: 'Kept' });
      modal.save();
      await until(() => modal.button('Save').getAttribute('aria-disabled'), 'Save should be busy');
      await pressKey('Escape');
      await until(() => modal.find('alert'), 'it should say so');
      expect(modal.field('Name').value).to.equal('Kept');
    });
  });

  describe('when saving fails', () => {
    const failing = async (error: unknown, webhook?: Webhook) => {
      const modal = await openModal({ webhook });
      const answers = [() => Promise.reject(error), () => Promise.resolve()];
      const events = submissions(modal, () => answers[events.length - 1]!());
      return { modal, events };
    };

    it('shows the errors at their fields, and links to each', async () => {
      const { modal } = await failing(
        new AdapterError('validation', {
          message: 'Two things are wrong.',
          fieldErrors: { url: 'This host is on our deny list.', 'authentication.credentials.0.username': 'Unknown user.' },
        }),
      );
      modal.fillBasics();
      await modal.chooseType('Basic');
      modal.fillAll({ Username: 'me', Password: 'mine' });
      modal.save();
      await until(() => modal.problem('Endpoint URL'), 'an error at the URL');
      expect(modal.problem('Endpoint URL')).to.equal('This host is on our deny list.');
      expect(modal.problem('Username')).to.equal('Unknown user.');
      expect(modal.field('Username').getAttribute('aria-invalid')).to.equal('true');
      expect(modal.problem('Name')).to.equal('');
      expect(summary(modal).text).to.include('Two things are wrong.');
      expect(summary(modal).all('link').map(nameOf)).to.deep.equal(['Endpoint URL', 'Username']);
      await focusOn(() => modal.field('Endpoint URL'));
      expect(modal.field('Password').value).to.equal('mine');
    });

    it('finds the field of an organization by its path', async () => {
      const { modal } = await failing({
        code: 'validation',
        fieldErrors: { 'authentication.credentials.1.secretKey': 'AWS refuses this key.' },
      });
      modal.fillBasics({ 'Org. specific authentication': true });
      await modal.chooseType('AWS4');
      for (const name of ['Northwind', 'Contoso']) {
        if (name === 'Contoso') modal.press('Add Organization Credential');
        await modal.settled();
        new Page(modal.parts('organization').at(-1)!).fill('Organization', name);
        await modal.settled();
        modal.organization(name).fillAll({
          'Access Key': 'AKIDEXAMPLE123456789',
          'Secret Key': 'x'.repeat(40),
          'AWS Region': 'us-east-1',
          'AWS Service': 's3',
          'Base Endpoint': 'https://api.example.com',
        });
      }
      modal.save();
      const second = modal.organization('Contoso');
      await until(() => second.problem('Secret Key'), 'an error at the second secret');
      expect(second.problem('Secret Key')).to.equal('AWS refuses this key.');
      expect(modal.organization('Northwind').problem('Secret Key')).to.equal('');
      expect(summary(modal).all('link').map(nameOf)).to.deep.equal(['Contoso: Secret Key']);
      await focusOn(() => second.field('Secret Key'));
    });

    it('finds a header’s row by its path', async () => {
      const { modal } = await failing({ code: 'validation', fieldErrors: { 'headers.1.value': 'Not this one.' } });
      await modal.fillValid();
      await modal.addRequestHeader('X-One', '1');
      await modal.addRequestHeader('X-Two', '2');
      modal.save();
      await until(() => modal.text.includes('Not this one.'), 'the error');
      expect(modal.requestHeaders.within('group', 'Header 2').problem('Value')).to.equal('Not this one.');
      expect(modal.requestHeaders.within('group', 'Header 1').problem('Value')).to.equal('');
    });

    it('leads to a stored secret that the host refuses', async () => {
      const { modal } = await failing(
        { code: 'validation', fieldErrors: { 'authentication.credentials.0.password': 'It has expired.' } },
        storedWebhook(),
      );
      modal.fill('Name', 'Other');
      modal.save();
      await until(() => modal.text.includes('It has expired.'), 'the error');
      await focusOn(() => modal.button('Replace'));
      summary(modal).get<HTMLAnchorElement>('link', 'Password').click();
      await focusOn(() => modal.button('Replace'));
    });

    it('says a path that belongs to no field', async () => {
      const { modal } = await failing({ code: 'validation', fieldErrors: { quota: 'You have 10 of 10 webhooks.' } });
      await modal.fillValid();
      modal.save();
      await until(() => modal.text.includes('You have 10 of 10 webhooks.'), 'the error');
    });

    it('never shows a name of its own for a field that went away', async () => {
      const { modal } = await failing({
        code: 'validation',
        fieldErrors: { 'authentication.credentials.0.username': 'Unknown user.' },
      });
      modal.fillBasics();
      await modal.chooseType('Basic');
      modal.fillAll({ Username: 'me', Password: 'mine' });
      modal.save();
      await until(() => modal.problem('Username'), 'an error at the username');
      await modal.chooseType('Token');
      expect(modal.text).not.to.match(/\bc\d+\./).and.not.to.include('Unknown user.');
    });

    it('takes the host’s error away as soon as the field changes', async () => {
      const { modal } = await failing({ code: 'validation', fieldErrors: { name: 'Taken.' } });
      await modal.fillValid();
      modal.save();
      await until(() => modal.problem('Name'), 'an error at the name');
      modal.fill('Name', 'Another');
      await modal.settled();
      expect(modal.problem('Name')).to.equal('');
    });

    it('takes the host’s error away as soon as another type is chosen', async () => {
      const { modal } = await failing({ code: 'validation', fieldErrors: { 'authentication.type': 'Not on your plan.' } });
      await modal.fillValid();
      modal.save();
      await until(() => modal.problem('Authentication type'), 'an error at the type');
      await modal.chooseType('Token');
      expect(modal.problem('Authentication type')).to.equal('');
    });

    it('without fields it says what happened, keeps everything and can be saved again', async () => {
      const { modal, events } = await failing(new AdapterError('unavailable'));
      await modal.fillValid({ Name: 'Kept' });
      modal.save();
      const problem = await modal.appears('group', problemsTitle);
      expect(problem.textContent).to.include(say('error.unavailable'));
      expect(modal.field('Name').value).to.equal('Kept');
      await focusOn(() => problem);
      modal.save();
      await modal.closed();
      expect(events[1]!.detail.idempotencyKey).to.equal(events[0]!.detail.idempotencyKey);
    });

    for (const [what, error] of [
      ['an Error', new Error('stack of the host at line 7')],
      ['a text', 'boom'],
      ['nothing', undefined],
    ] as const)
      it(`rejected with ${what}, it says that something went wrong and no more`, async () => {
        const { modal } = await failing(error);
        await modal.fillValid();
        modal.save();
        const problem = await modal.appears('group', problemsTitle);
        expect(problem.textContent).to.include(say('error.unknown')).and.not.include('line 7');
        expect(modal.button('Save').hasAttribute('aria-disabled')).to.equal(false);
      });
  });

  describe('closing', () => {
    it('says why: Cancel, the cross, Escape, the backdrop, a save, the page', async () => {
      const modal = await mountModal();
      const events = closings(modal);
      const ways: (() => unknown)[] = [
        () => modal.press('Cancel'),
        () => modal.press('Close'),
        () => pressKey('Escape'),
        pressBackdrop,
        () => modal.element.close(),
        () => {
          modal.element.open = false;
        },
        () => modal.element.removeAttribute('open'),
      ];
      for (const close of ways) {
        await modal.element.show();
        await close();
        await modal.closed();
      }
      expect(reasons(events)).to.deep.equal(['cancel', 'cancel', 'escape', 'backdrop', 'api', 'api', 'api']);
      expect(events.every(({ bubbles, composed }) => !bubbles && !composed)).to.equal(true);
    });

    it('stays open when the page prevents it', async () => {
      const modal = await openModal();
      modal.element.addEventListener('webhook-modal-close', (event) => event.preventDefault(), { once: true });
      modal.press('Cancel');
      await modal.settled();
      expect(modal.isOpen).to.equal(true);
      expect(modal.element.open).to.equal(true);
      modal.press('Cancel');
      await modal.closed();
    });

    it('goes on when the page prevents a Discard', async () => {
      const modal = await openModal();
      modal.element.addEventListener('webhook-modal-close', (event) => event.preventDefault(), { once: true });
      modal.fill('Name', 'Kept');
      modal.press('Cancel');
      await modal.appears('alertdialog');
      modal.press('Discard changes');
      await modal.disappears('alertdialog');
      expect(modal.isOpen).to.equal(true);
      expect(modal.field('Name').value).to.equal('Kept');
    });

    it('stays open, with what was typed, when the page prevents its own close()', async () => {
      const modal = await openModal();
      modal.element.addEventListener('webhook-modal-close', (event) => event.preventDefault());
      modal.fill('Name', 'Kept');
      await modal.element.close();
      await modal.opened();
      expect(modal.element.open).to.equal(true);
      expect(modal.field('Name').value).to.equal('Kept');
    });

    for (const type of ['cancel', 'close'])
      it(`the question takes a ${type} that no key asked for as Keep editing`, async () => {
        const modal = await openModal();
        modal.fill('Name', 'Half a webhook');
        modal.press('Cancel');
        const question = await modal.appears<HTMLDialogElement>('alertdialog');
        const told = new Promise((resolve) => question.addEventListener(type, resolve, { once: true }));
        if (type === 'close') question.close();
        else question.dispatchEvent(new Event('cancel', { cancelable: true }));
        await told;
        await modal.disappears('alertdialog');
        modal.fill('Name', 'Half a webhook, and more');
        await modal.settled();
        expect(modal.has('alertdialog')).to.equal(false);
        // It can be asked again.
        modal.press('Cancel');
        await modal.appears('alertdialog');
      });

    it('asks again, above the form, when it comes back into the page with the question', async () => {
      const modal = await openModal();
      modal.fill('Name', 'Half a webhook');
      modal.press('Cancel');
      await modal.appears('alertdialog');
      const { element } = modal;
      const parent = element.parentElement!;
      element.remove();
      await modal.settled();
      parent.append(element);
      const question = await modal.appears('alertdialog');
      expect(question.matches(':modal')).to.equal(true);
      modal.press(say('keepEditing'));
      await modal.disappears('alertdialog');
      expect(modal.field('Name').value).to.equal('Half a webhook');
    });

    it('stays open at an Escape that ends the writing of a character', async () => {
      const modal = await openModal();
      const event = new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true, composed: true, cancelable: true });
      modal.field('Name').dispatchEvent(event);
      await modal.settled();
      expect(modal.isOpen).to.equal(true);
      expect(event.defaultPrevented).to.equal(false);
    });

    it('does not ask when nothing was changed', async () => {
      const modal = await openModal({ webhook: storedWebhook() });
      modal.press('Cancel');
      await modal.closed();
    });

    it('does not ask when what was changed is as before again', async () => {
      const modal = await openModal({ webhook: storedWebhook({ name: 'As before' }) });
      modal.fill('Name', 'Other');
      modal.fill('Name', 'As before');
      modal.press('Cancel');
      await modal.closed();
    });

    it('does not ask after a save', async () => {
      const modal = await openModal();
      await modal.fillValid();
      modal.save();
      await modal.closed();
      expect(modal.has('alertdialog')).to.equal(false);
    });

    for (const [way, reason, close] of [
      ['Cancel', 'cancel', (modal: ModalPage) => modal.press('Cancel')],
      ['Escape', 'escape', () => pressKey('Escape')],
      ['the backdrop', 'backdrop', pressBackdrop],
    ] as const) {
      it(`${way} asks first; Keep editing keeps everything`, async () => {
        const modal = await openModal();
        const events = closings(modal);
        modal.fill('Name', 'Half a webhook');
        await close(modal);
        const confirmation = await modal.appears('alertdialog', say('discardTitle'));
        expect(confirmation.matches(':modal')).to.equal(true);
        expect(nameOf(focused()!)).to.equal(nameOf(modal.button('Keep editing')));
        modal.press('Keep editing');
        await modal.disappears('alertdialog');
        expect(modal.field('Name').value).to.equal('Half a webhook');
        expect(events).to.be.empty;
      });

      it(`${way} asks first; Discard changes closes`, async () => {
        const modal = await openModal();
        const events = closings(modal);
        modal.fill('Name', 'Half a webhook');
        await close(modal);
        await modal.appears('alertdialog');
        modal.press('Discard changes');
        await modal.closed();
        expect(modal.has('alertdialog')).to.equal(false);
        expect(reasons(events)).to.deep.equal([reason]);
        await modal.element.show();
        expect(modal.field('Name').value).to.equal('');
      });
    }

    it('loses nothing to any number of Escapes', async () => {
      const modal = await openModal();
      const events = closings(modal);
      modal.fill('Name', 'Half a webhook');
      for (let count = 1; count <= 5; count += 1) {
        await pressKey('Escape');
        await modal.settled();
        expect(modal.isOpen, `after ${count}`).to.equal(true);
        expect(modal.field('Name').value).to.equal('Half a webhook');
      }
      expect(events).to.be.empty;
    });

    it('asks again when a browser closes the dialog without asking', async () => {
      const modal = await openModal();
      modal.fill('Name', 'Half a webhook');
      modal.get<HTMLDialogElement>('dialog').close();
      await modal.appears('alertdialog');
      expect(modal.field('Name').value).to.equal('Half a webhook');
    });

    it('stays open when it is opened again before the browser has told of its closing', async () => {
      const modal = await openModal();
      const closed = new Promise((resolve) => modal.get('dialog').addEventListener('close', resolve, { once: true }));
      void modal.element.close();
      await modal.settled();
      await modal.element.show();
      await closed;
      await modal.settled();
      expect(modal.isOpen).to.equal(true);
      expect(modal.element.open).to.equal(true);
    });

    it('does not take the end of selecting text outside for a press on the backdrop', async () => {
      const modal = await openModal();
      const { x, y } = modal.field('Name').getBoundingClientRect();
      await sendMouse({ type: 'move', position: [Math.round(x + 20), Math.round(y + 10)] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [2, 2] });
      await sendMouse({ type: 'up' });
      await modal.settled();
      expect(modal.isOpen).to.equal(true);
    });
  });

  describe('focus', () => {
    const withOpener = async () => {
      const modal = await mountModal();
      const opener = document.createElement('button');
      opener.textContent = 'Open';
      modal.element.before(opener);
      opener.addEventListener('click', () => void modal.element.show());
      opener.focus();
      opener.click();
      await modal.opened();
      return { modal, opener };
    };

    it('starts in Name', async () => {
      const { modal } = await withOpener();
      await focusOn(() => modal.field('Name'));
    });

    it('returns to what opened it', async () => {
      const { modal, opener } = await withOpener();
      modal.press('Cancel');
      await modal.closed();
      await focusOn(() => opener);
    });

    it('returns to what opened it after a save', async () => {
      const { modal, opener } = await withOpener();
      await modal.fillValid();
      modal.save();
      await modal.closed();
      await focusOn(() => opener);
    });

    it('returns to what opened it after discarding', async () => {
      const { modal, opener } = await withOpener();
      modal.fill('Name', 'Half');
      modal.press('Cancel');
      await modal.appears('alertdialog');
      modal.press('Discard changes');
      await modal.closed();
      await focusOn(() => opener);
    });

    it('stays inside', async () => {
      const { modal } = await withOpener();
      for (let count = 0; count < 25; count += 1) {
        await pressKey('Tab');
        const element = focused();
        // Between the last and the first control a browser offers its own.
        if (element !== document.body) expect(modal.element.shadowRoot!.contains(element)).to.equal(true);
      }
      await tabIntoPage();
    });

    it('goes into the row that was added, and stays near the one that was removed', async () => {
      const modal = await openModal();
      await modal.addRequestHeader('X-One', '1');
      await modal.addRequestHeader('X-Two', '2');
      modal.requestHeaders.press('Add Header');
      await focusOn(() => modal.requestHeaders.within('group', 'Header 3').field('Key'));
      modal.requestHeaders.within('group', 'Header 2').press('Remove Header');
      await modal.settled();
      await focusOn(() => modal.requestHeaders.within('group', 'Header 2').field('Key'));
      modal.requestHeaders.within('group', 'Header 2').press('Remove Header');
      await modal.settled();
      modal.requestHeaders.within('group', 'Header 1').press('Remove Header');
      await focusOn(() => modal.requestHeaders.button('Add Header'));
    });

    it('goes into the organization that was added, and to another when one was removed', async () => {
      const modal = await openModal();
      modal.fill('Org. specific authentication', true);
      await modal.chooseType('Basic');
      modal.press('Add Organization Credential');
      await modal.settled();
      const [, second] = modal.parts('organization').map((block) => new Page(block));
      await focusOn(() => second!.field('Organization'));
      second!.press('Remove Organization');
      await modal.settled();
      await focusOn(() => modal.field('Organization'));
    });
  });

  describe('half a character', () => {
    it('in a credential breaks neither the preview nor the form', async () => {
      const modal = await openModal();
      modal.fillBasics();
      await modal.chooseType('HMAC-SHA256');
      modal.element.shadowRoot!.querySelector<HTMLElement>('details.preview > summary')!.click();
      await modal.appears('region', say('previewTitle'));
      const field = modal.field('Client ID');
      field.focus();
      field.value = 'a\ud83d';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await modal.settled();
      modal.fill('Client ID', 'whole');
      await until(() => modal.get('region', say('previewTitle')).textContent.includes('whole'), 'the preview');
    });
  });

  describe('validation', () => {
    it('leads to the events where there is none to choose', async () => {
      const modal = await openModal({ eventSelection: 'multiple', eventTypes: [] });
      modal.fillAll({ Name: 'One', 'Endpoint URL': 'https://hooks.example.com/in' });
      await modal.chooseType('No Authentication');
      modal.save();
      await focusOn(() => modal.get('group', 'Events'));
    });

    it('says nothing while someone is still typing', async () => {
      const modal = await openModal();
      modal.fill('Endpoint URL', 'http');
      await modal.settled();
      expect(modal.problem('Endpoint URL')).to.equal('');
    });

    it('says nothing of a field that was only passed through', async () => {
      const modal = await openModal();
      modal.field('Name').focus();
      modal.field('Endpoint URL').focus();
      modal.field('Name').focus();
      await modal.settled();
      expect(modal.problem('Name') + modal.problem('Endpoint URL')).to.equal('');
    });

    it('says it when a field that was changed is left, and from then on live', async () => {
      const modal = await openModal();
      modal.fill('Endpoint URL', 'http://hooks.example.com');
      modal.field('Name').focus();
      await modal.settled();
      expect(modal.problem('Endpoint URL')).to.equal(say('url.scheme'));
      expect(modal.field('Endpoint URL').getAttribute('aria-invalid')).to.equal('true');
      modal.fill('Endpoint URL', 'https://hooks.example.com');
      await modal.settled();
      expect(modal.problem('Endpoint URL')).to.equal('');
      expect(modal.field('Endpoint URL').hasAttribute('aria-invalid')).to.equal(false);
      modal.fill('Endpoint URL', 'http://hooks.example.com');
      await modal.settled();
      expect(modal.problem('Endpoint URL')).to.equal(say('url.scheme'));
    });

    it('on Save says everything, sums it up with links and goes to the first', async () => {
      const modal = await openModal();
      modal.save();
      await modal.settled();
      expect(modal.problem('Name')).to.equal(say('required', { label: 'Name' }));
      expect(modal.problem('Event')).to.equal(say('select.required', { label: 'Event' }));
      expect(modal.problem('Endpoint URL')).to.equal(say('required', { label: 'Endpoint URL' }));
      expect(modal.problem('Authentication type')).to.equal(say('select.required', { label: 'Authentication type' }));
      expect(nameOf(modal.get('group', problemsTitle))).to.equal(say('summaryTitle', { count: 4 }));
      const links = summary(modal).all<HTMLAnchorElement>('link');
      expect(links.map(nameOf)).to.deep.equal(['Name', 'Event', 'Endpoint URL', 'Authentication type']);
      await focusOn(() => modal.field('Name'));
      links[2]!.click();
      await focusOn(() => modal.field('Endpoint URL'));
      expect(location.hash).to.equal('');
    });

    it('follows what is mended', async () => {
      const modal = await openModal();
      modal.save();
      await modal.settled();
      modal.fill('Name', 'Mended');
      await modal.settled();
      expect(nameOf(modal.get('group', problemsTitle))).to.equal(say('summaryTitle', { count: 3 }));
      modal.fillBasics();
      await modal.settled();
      expect(nameOf(modal.get('group', problemsTitle))).to.equal(say('summaryTitle', { count: 1 }));
      await modal.chooseType('No Authentication');
      expect(modal.has('group', problemsTitle)).to.equal(false);
    });

    it('tells a warning from an error, and saves all the same', async () => {
      const modal = await openModal();
      const events = submissions(modal);
      modal.fillBasics();
      await modal.chooseType('AWS4');
      modal.fillAll({
        'Access Key': 'ASIAEXAMPLE123456789',
        'Secret Key': 'x'.repeat(40),
        'AWS Region': 'us-east-1',
        'AWS Service': 's3',
        'Base Endpoint': 'https://api.example.com',
      });
      modal.field('Name').focus();
      await modal.settled();
      expect(modal.problem('Access Key')).to.equal(say('aws.temporary'));
      expect(modal.field('Access Key').hasAttribute('aria-invalid')).to.equal(false);
      modal.save();
      await modal.closed();
      expect(events).to.have.length(1);
    });

    it('refuses a second header of the same name, whatever the case', async () => {
      const modal = await openModal();
      await modal.fillValid();
      await modal.addRequestHeader('X-Tenant', '1');
      await modal.addRequestHeader('x-tenant', '2');
      modal.save();
      await modal.settled();
      expect(modal.requestHeaders.within('group', 'Header 2').problem('Key')).to.equal(say('header.duplicate'));
      expect(modal.requestHeaders.within('group', 'Header 1').problem('Key')).to.equal('');
    });

    it('takes __proto__ and constructor for header names', async () => {
      const modal = await openModal();
      const events = submissions(modal);
      await modal.fillValid();
      await modal.addRequestHeader('__proto__', '1');
      await modal.addRequestHeader('constructor', '2');
      modal.save();
      await modal.closed();
      expect(events[0]!.detail.input.headers).to.deep.equal([
        { key: '__proto__', value: '1' },
        { key: 'constructor', value: '2' },
      ]);
    });

    it('refuses Authorization beside a credential that writes it', async () => {
      const modal = await openModal();
      modal.fillBasics();
      await modal.chooseType('Basic');
      modal.fillAll({ Username: 'me', Password: 'mine' });
      await modal.addRequestHeader('Authorization', 'x');
      modal.save();
      await modal.settled();
      expect(modal.requestHeaders.problem('Key')).to.equal(say('header.credential', { name: 'Authorization' }));
    });

    it('marks what is required by words, not by colour', async () => {
      const modal = await openModal();
      await modal.chooseType('OAuth2');
      expect(modal.text).to.include(say('requiredNote'));
      expect(descriptionOf(modal.field('Scope'))).to.include(say('optional'));
      expect(modal.field('Client ID').getAttribute('aria-required')).to.equal('true');
      expect(modal.field('Audience').hasAttribute('aria-required')).to.equal(false);
    });
  });

  describe('a host that renders anew', () => {
    it('keeps what is being typed when an equal webhook is handed in again', async () => {
      const webhook = storedWebhook({ id: 'wh_same' });
      const modal = await openModal({ webhook });
      modal.fill('Name', 'Half a na');
      modal.element.webhook = structuredClone(webhook);
      modal.element.organizations = [...modal.element.organizations!];
      await modal.settled();
      expect(modal.field('Name').value).to.equal('Half a na');
      expect(nameOf(focused()!)).to.equal(nameOf(modal.field('Name')));
    });

    it('shows another webhook when another is handed in', async () => {
      const modal = await openModal({ webhook: storedWebhook({ name: 'First' }) });
      modal.element.webhook = storedWebhook({ name: 'Second' });
      await modal.settled();
      expect(modal.field('Name').value).to.equal('Second');
    });
  });

  describe('secrets', () => {
    it('are forgotten on a change of type, and do not come back', async () => {
      const modal = await openModal();
      await modal.chooseType('Basic');
      modal.fillAll({ Name: 'Kept', Username: 'me', Password: 'mine' });
      await modal.chooseType('HMAC-SHA256');
      modal.fillAll({ 'Client ID': 'id', 'Client Secret': 'other' });
      await modal.chooseType('Basic');
      expect(modal.field('Password').value).to.equal('');
      expect(modal.field('Username').value).to.equal('me');
      expect(modal.field('Name').value).to.equal('Kept');
      await modal.chooseType('HMAC-SHA256');
      expect(modal.field('Client Secret').value).to.equal('');
      expect(modal.field('Client ID').value).to.equal('id');
    });

    it('in headers are forgotten on a change of type; other headers are not', async () => {
      const modal = await openModal();
      await modal.chooseType('Headers');
      modal.authentication.fillAll({ Key: 'X-Key', Value: 'secret' });
      await modal.addRequestHeader('X-Tenant', '7');
      await modal.chooseType('Token');
      await modal.chooseType('Headers');
      expect(modal.authentication.field('Value').value).to.equal('');
      expect(modal.authentication.field('Key').value).to.equal('X-Key');
      expect(modal.requestHeaders.field('Value').value).to.equal('7');
    });

    it('of an organization are forgotten with it', async () => {
      const modal = await openModal();
      modal.fill('Org. specific authentication', true);
      await modal.chooseType('Basic');
      modal.fill('Organization', 'Northwind');
      await modal.settled();
      modal.organization('Northwind').fill('Password', 'mine');
      await modal.settled();
      modal.press('Remove Organization');
      await modal.settled();
      modal.fill('Organization', 'Northwind');
      await modal.settled();
      expect(modal.organization('Northwind').field('Password').value).to.equal('');
    });

    it('are forgotten when the modal leaves the page; what else was typed is not', async () => {
      const modal = await openModal();
      await modal.chooseType('Basic');
      modal.fillAll({ Name: 'Kept', Username: 'me', Password: 'mine' });
      const { element } = modal;
      const password = modal.field('Password');
      const parent = element.parentElement!;
      element.remove();
      await element.updateComplete;
      expect(password.value).to.equal('');
      parent.append(element);
      await modal.opened();
      expect(modal.get('dialog').matches(':modal')).to.equal(true);
      expect(modal.field('Password').value).to.equal('');
      expect(modal.field('Name').value).to.equal('Kept');
    });

    it('are gone from the document when the modal closes', async () => {
      const modal = await openModal();
      await modal.chooseType('Basic');
      modal.fill('Password', 'mine');
      const password = modal.field('Password');
      await modal.element.close();
      expect(password.isConnected).to.equal(false);
    });

    it('are bullets until Show is pressed, and again after Hide', async () => {
      const modal = await openModal();
      await modal.chooseType('Basic');
      modal.fill('Password', 'mine');
      const password = modal.field('Password');
      expect(password.type).to.equal('password');
      modal.press(/^Show/);
      await modal.settled();
      expect(password.type).to.equal('text');
      for (const [name, value] of [
        ['spellcheck', 'false'],
        ['autocapitalize', 'none'],
        ['autocorrect', 'off'],
        ['writingsuggestions', 'false'],
        ['data-lpignore', 'true'],
        ['data-form-type', 'other'],
      ] as const)
        expect(password.getAttribute(name), name).to.equal(value);
      expect(password.hasAttribute('data-1p-ignore') && password.hasAttribute('data-bwignore')).to.equal(true);
      modal.press(/^Hide/);
      await modal.settled();
      expect(password.type).to.equal('password');
      expect(password.value).to.equal('mine');
    });

    it('can be pasted', async () => {
      const modal = await openModal();
      await modal.chooseType('Basic');
      const password = modal.field('Password');
      password.focus();
      const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true });
      password.dispatchEvent(paste);
      expect(paste.defaultPrevented).to.equal(false);
    });
  });

  describe('organizations', () => {
    it('are not offered twice', async () => {
      const modal = await openModal();
      const choices = (block: Page) => [...block.field<HTMLSelectElement>('Organization').options].map(({ text }) => text);
      modal.fill('Org. specific authentication', true);
      await modal.chooseType('Basic');
      modal.fill('Organization', 'Südwind GmbH');
      await modal.settled();
      modal.press('Add Organization Credential');
      await modal.settled();
      const [first, second] = modal.parts('organization').map((block) => new Page(block)) as [Page, Page];
      expect(choices(second)).to.deep.equal([say('choose'), 'Northwind', 'Contoso']);
      second.fill('Organization', 'Contoso');
      await modal.settled();
      expect(choices(first)).to.deep.equal(['Northwind', 'Südwind GmbH']);
      first.fill('Organization', 'Northwind');
      await modal.settled();
      expect(choices(second)).to.deep.equal(['Südwind GmbH', 'Contoso']);
      expect(modal.organizationNames).to.deep.equal(['Northwind', 'Contoso']);
    });

    it('end when each has its credential', async () => {
      const modal = await openModal();
      modal.fill('Org. specific authentication', true);
      await modal.chooseType('Basic');
      for (const name of ['Northwind', 'Südwind GmbH', 'Contoso']) {
        if (name !== 'Northwind') modal.press('Add Organization Credential');
        await modal.settled();
        new Page(modal.parts('organization').at(-1)!).fill('Organization', name);
        await modal.settled();
      }
      expect(modal.has('button', 'Add Organization Credential')).to.equal(false);
      expect(modal.authentication.text).to.include(say('hint.allOrganizations'));
      modal.organization('Südwind GmbH').press('Remove Organization');
      await modal.settled();
      expect(modal.organizationNames).to.deep.equal(['Northwind', 'Contoso']);
      modal.button('Add Organization Credential');
    });

    it('keep their fields when one between them is removed', async () => {
      const modal = await openModal({ webhook: twoOrganizations() });
      modal.organization('Südwind GmbH').fill('AWS Region', 'eu-west-9');
      await modal.settled();
      modal.organization('Northwind').press('Remove Organization');
      await modal.settled();
      expect(modal.organizationNames).to.deep.equal(['Südwind GmbH']);
      expect(modal.organization('Südwind GmbH').field('AWS Region').value).to.equal('eu-west-9');
      await until(() => modal.all('status').some(({ textContent }) => textContent.includes('Northwind')), 'an announcement');
    });

    it('are needed, one for each block', async () => {
      const modal = await openModal();
      modal.fill('Org. specific authentication', true);
      modal.fillBasics();
      await modal.chooseType('Basic');
      modal.fillAll({ Username: 'me' });
      modal.save();
      await modal.settled();
      expect(modal.problem('Organization')).to.equal(say('select.required', { label: 'Organization' }));
    });
  });

  describe('a password in the URL', () => {
    it('is offered a move to Basic', async () => {
      const modal = await openModal();
      const events = submissions(modal);
      await modal.fillValid({ 'Endpoint URL': 'https://me:p%40ss@hooks.example.com/in' });
      modal.field('Name').focus();
      await modal.settled();
      expect(modal.problem('Endpoint URL')).to.equal(say('url.userinfo'));
      modal.press(say('moveUserinfo'));
      await modal.settled();
      expect(modal.field('Endpoint URL').value).to.equal('https://hooks.example.com/in');
      expect(modal.problem('Endpoint URL')).to.equal('');
      modal.save();
      await modal.closed();
      expect(events[0]!.detail.input.authentication).to.deep.equal({
        type: 'basic',
        organizationSpecific: false,
        credentials: [{ username: 'me', password: 'p@ss' }],
      });
    });

    it('is not offered one where Basic is not', async () => {
      const modal = await openModal({ authTypes: ['token'] });
      modal.fill('Endpoint URL', 'https://me:pass@hooks.example.com/in');
      modal.field('Name').focus();
      await modal.settled();
      expect(modal.has('button', say('moveUserinfo'))).to.equal(false);
    });
  });
});

describe('<add-webhook-modal> inside <webhook-settings>', () => {
  it('made ahead or not, is blank and has what the host has by now', async () => {
    const { adapter } = memory();
    const page = await openSettings({ adapter, eventTypes: [{ id: 'a', label: 'First' }], messages: { 'hint.name': 'Once' } });
    const rest = async () => {
      for (let times = 0; times < 3; times += 1) await new Promise<void>((resolve) => whenIdle(resolve));
      await page.modal.settled();
    };
    await rest();
    // There is nothing of it for anyone to find.
    expect(page.modal.element.shadowRoot!.querySelector('dialog')!.children).to.have.length(0);
    page.element.eventTypes = [{ id: 'b', label: 'Second' }];
    page.element.messages = { 'hint.name': 'Now' };
    await page.element.updateComplete;
    for (const way of ['first', 'again']) {
      const modal = await page.openAdd();
      expect(modal.field<HTMLSelectElement>('Event').textContent, way).to.include('Second').and.not.include('First');
      expect(descriptionOf(modal.field('Name')), way).to.equal('Now');
      expect(modal.field('Name').value, way).to.equal('');
      expect(modal.field<HTMLSelectElement>('Authentication type').value, way).to.equal('');
      modal.fill('Name', 'Typed');
      await modal.chooseType('Basic');
      modal.fill('Password', 'secret');
      modal.press('Cancel');
      await modal.appears('alertdialog');
      modal.press('Discard changes');
      await modal.closed();
      await rest();
    }
  });

  it('gives the focus back to what opened it', async () => {
    const { adapter } = memory({ webhooks: [storedWebhook({ name: 'Mine' })] });
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    modal.press('Cancel');
    await modal.closed();
    await focusOn(() => page.button('Add Webhook'));
    await page.openEdit('Mine');
    modal.fill('Name', 'Still mine');
    modal.save();
    await modal.closed();
    await focusOn(() => page.button('Still mine'));
  });

  it('leaves the focus somewhere sensible when the empty state, and its button, are gone', async () => {
    const { adapter } = memory();
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    await modal.fillValid();
    modal.save();
    await modal.closed();
    await focusOn(() => page.button('Add Webhook'));
  });

  it('types into fields as a keyboard does', async () => {
    const { adapter, of } = memory();
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    await sendKeys({ type: 'By hand' });
    enter(modal.field<HTMLSelectElement>('Event'), 'Site Archived');
    modal.field('Endpoint URL').focus();
    await sendKeys({ type: 'https://hooks.example.com/in' });
    await modal.chooseType('No Authentication');
    modal.field('Name').focus();
    await pressKey('Enter');
    await modal.closed();
    expect(of('create')[0]!.args[0]).to.include({ name: 'By hand', url: 'https://hooks.example.com/in' });
  });

  it('moves nothing from under a press: what is wrong with a field is said after it', async () => {
    const { adapter } = memory();
    const page = await openSettings({ adapter });
    const modal = await page.openAdd();
    const url = modal.field('Endpoint URL');
    url.focus();
    await sendKeys({ type: 'nonsense' });
    const add = modal.requestHeaders.button('Add Header');
    await Promise.all(modal.get('dialog').getAnimations().map(({ finished }) => finished));
    const top = () => add.getBoundingClientRect().top;
    const middle = (): [number, number] => {
      const { left, width, height } = add.getBoundingClientRect();
      return [Math.round(left + width / 2), Math.round(top() + height / 2)];
    };
    // Firefox scrolls back to where someone types, in a later frame.
    await until(() => {
      if (add.contains(modal.element.shadowRoot!.elementFromPoint(...middle()))) return true;
      add.scrollIntoView({ block: 'nearest' });
      return false;
    }, 'the button in sight');
    const before = top();
    try {
      await sendMouse({ type: 'move', position: middle() });
      await sendMouse({ type: 'down' });
      await focusOn(() => add);
      await modal.settled();
      expect(top()).to.equal(before);
      expect(problemOf(url)).to.equal('');
      await sendMouse({ type: 'up' });
    } finally {
      await resetMouse();
    }
    await until(() => problemOf(url) !== '');
    await until(() => modal.requestHeaders.has('group', 'Header 1'));
  });
});
