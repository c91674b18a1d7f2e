import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { secretSlots } from '../../../src/adapters/secret-slots.js';
import { AdapterError } from '../../../src/core/adapter-error.js';
import { authTypeIds, type AuthTypeId } from '../../../src/core/auth/index.js';
import { createWebhookForm, type Submission, type WebhookForm } from '../../../src/core/form/webhook-form.js';
import { isInvalid, type FormField } from '../../../src/core/form/form-fields.js';
import { webhookInputSchema, type Webhook, type WebhookInput } from '../../../src/core/webhook.js';
import { sampleWebhookInput } from '../../../src/testing/fixtures.js';

type Action =
  | { do: 'type'; type: AuthTypeId }
  | { do: 'text'; at: number; value: string }
  | { do: 'organizations'; on: boolean }
  | { do: 'addBlock' | 'addRow' | 'addHeader' }
  | { do: 'removeBlock' | 'removeHeader'; at: number }
  | { do: 'leave'; at: number };

const at = fc.nat({ max: 30 });
/** Some of them right for some field, so that a form may come to hold. */
const value = fc.constantFrom(
  '', 'Name', 'X-Api-Key', 'AKIDEXAMPLE1234567', 'us-east-1', 'https://hooks.example.com/in', 'org_1', 'org_2', 'not a url', 'a\nb', '🔑',
);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('type' as const), type: fc.constantFrom(...authTypeIds) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('text' as const), at, value }) },
  fc.record({ do: fc.constant('organizations' as const), on: fc.boolean() }),
  fc.record({ do: fc.constantFrom('addBlock' as const, 'addRow' as const, 'addHeader' as const) }),
  fc.record({ do: fc.constantFrom('removeBlock' as const, 'removeHeader' as const), at }),
  fc.record({ do: fc.constant('leave' as const), at }),
);

const SECRET = 'canary-';
let typed = 0;

/** Types into the field at a place: something nowhere else into a secret, so that it is known again. */
function type(form: WebhookForm, { at: place, value: text }: { at: number; value: string }, expected: Map<string, string>): void {
  const { all } = form.fields;
  const field = all[place % all.length]!;
  // Nobody types into a drop-down.
  if (['events', 'type', 'method', 'contentType'].includes(field.id) || field.definition?.kind === 'select') return;
  const written = field.definition?.kind === 'secret' && text ? `${SECRET}${++typed}` : text;
  form.setText(field.id, written);
  expected.set(field.id, written);
}

const secretsIn = (form: WebhookForm): string[] => [...form.getState().text.values()].filter((text) => text.startsWith(SECRET));

describe('the form, whatever is done to it', () => {
  it('loses no text, keeps no secret past a change of type, and makes an input that the schema takes once nothing is wrong', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40, size: 'max' }), (actions) => {
        const form = createWebhookForm();
        form.setEvents(['site.archived']);
        const expected = new Map<string, string>();
        for (const step of actions) {
          const { blocks, headers } = form.getState();
          switch (step.do) {
            case 'type': {
              const changes = step.type !== form.getState().type;
              form.setType(step.type);
              if (changes) {
                expect(secretsIn(form)).to.deep.equal([]);
                for (const [id, text] of expected) if (text.startsWith(SECRET)) expected.delete(id);
              }
              break;
            }
            case 'text':
              type(form, step, expected);
              break;
            case 'organizations':
              form.setFlag('organizationSpecific', step.on);
              break;
            case 'addBlock':
              form.addBlock();
              break;
            case 'addRow':
              form.addRow(blocks[0]!.key);
              break;
            case 'addHeader':
              form.addRow();
              break;
            case 'removeBlock': {
              const block = blocks[step.at % blocks.length]!;
              form.removeBlock(block.key);
              for (const id of expected.keys())
                if ([block.key, ...block.rows].some((key) => id.startsWith(`${key}.`))) expected.delete(id);
              break;
            }
            case 'removeHeader': {
              const row = headers[step.at % headers.length];
              if (row === undefined) break;
              form.removeRow(row);
              for (const id of expected.keys()) if (id.startsWith(`${row}.`)) expected.delete(id);
              break;
            }
            case 'leave':
              form.leave(form.fields.all[step.at % form.fields.all.length]!.id);
          }
          // Headers' rows are secrets of a type by their value: what a change of type forgets is checked there.
          for (const [id, text] of expected) expect(form.getState().text.get(id) ?? '', id).to.equal(text);
        }
        if (form.fields.all.some(isInvalid)) return;
        expect(webhookInputSchema.safeParse(form.input).success).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('makes an input that the schema takes, for every type', () => {
    fc.assert(
      fc.property(fc.constantFrom(...authTypeIds), fc.boolean(), (id, organizationSpecific) => {
        const form = createWebhookForm();
        form.setEvents(['site.archived']);
        form.setType(id);
        form.setFlag('organizationSpecific', organizationSpecific);
        const right: Record<string, string> = {
          name: 'Name', url: 'https://hooks.example.com/in', 'field.organizationId': 'org_1', key: 'X-Api-Key', accessKey: 'AKIDEXAMPLE1234567',
          region: 'us-east-1', service: 'execute-api', baseEndpoint: 'https://api.example.com', tokenUrl: 'https://login.example.com/token',
          authorizationUrl: 'https://login.example.com/authorize',
        };
        for (const field of form.fields.all) {
          const { id: fieldId, definition, label } = field;
          if (['events', 'type', 'method', 'contentType'].includes(fieldId) || definition?.kind === 'select') continue;
          form.setText(fieldId, right[fieldId] ?? right[label] ?? right[definition?.name ?? ''] ?? 'some-text');
        }
        const wrong = form.fields.all.filter((field) => isInvalid(field) && field.definition?.name !== 'scope');
        expect(wrong.map(({ id: fieldId, findings }) => `${fieldId}: ${findings[0]?.code}`)).to.deep.equal([]);
        expect(webhookInputSchema.safeParse(form.input).error?.issues ?? []).to.deep.equal([]);
      }),
    );
  });
});

type EditAction =
  | Exclude<Action, { do: 'addRow' | 'addBlock' | 'addHeader' }>
  | { do: 'replace' | 'keep' | 'empty'; at: number }
  | { do: 'save'; answer: 'stored' | 'unavailable' | 'validation' | 'conflict'; theirs: number }
  | { do: 'move' };

const editAction: fc.Arbitrary<EditAction> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('text' as const), at, value }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('type' as const), type: fc.constantFrom(...authTypeIds) }) },
  fc.record({ do: fc.constant('organizations' as const), on: fc.boolean() }),
  fc.record({ do: fc.constantFrom('removeBlock' as const, 'removeHeader' as const), at }),
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('replace' as const, 'keep' as const, 'empty' as const), at }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      answer: fc.constantFrom('stored' as const, 'unavailable' as const, 'validation' as const, 'conflict' as const),
      theirs: fc.nat({ max: 7 }),
    }),
  },
  fc.constant({ do: 'move' as const }),
);

/** Every secret of an input, wherever its type has it. */
const sentSecrets = (input: WebhookInput): unknown[] => secretSlots(input.authentication).map(({ row, name }) => row[name]);

/** As a host keeps it. */
function kept(input: WebhookInput, version: number): Webhook {
  const authentication = structuredClone(input.authentication);
  for (const { row, name } of secretSlots(authentication)) row[name] = { stored: true };
  const dates = { createdAt: '2026-01-31T12:00:00Z', updatedAt: '2026-01-31T12:00:00Z' };
  return { ...structuredClone(input), ...dates, id: 'wh_1', version: String(version), authentication: authentication as Webhook['authentication'] };
}

describe('the form of a stored webhook, whatever is done to it', () => {
  it('sends each Save once, only what differs, no secret but one that was typed, and none empty that nobody left empty', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('basic' as const, 'basic' as const, 'basic' as const, ...authTypeIds), fc.boolean(), fc.array(editAction, { maxLength: 30, size: 'max' }), async (id, isShared, actions) => {
        let version = 1;
        let stored = kept(sampleWebhookInput(id, isShared ? { organizations: ['org_1', 'org_2'] } : {}), version);
        const form = createWebhookForm({ webhook: stored });
        const expected = new Map<string, string>();
        /** A secret that was left empty by choice may be empty. */
        let mayBeEmpty = false;
        const forgetSecretsTyped = () => {
          for (const [field, text] of expected) if (text.startsWith(SECRET)) expected.delete(field);
        };
        /** What the buttons beside secrets that are on screen would do. */
        const press = (place: number, isThere: (field: FormField) => boolean) => form.fields.all.filter(isThere)[place % 3]?.id;
        for (const step of actions) {
          const { blocks, headers } = form.getState();
          switch (step.do) {
            case 'text':
              type(form, step, expected);
              break;
            case 'type':
              if (step.type !== form.getState().type) {
                form.setType(step.type);
                expect(secretsIn(form)).to.deep.equal([]);
                forgetSecretsTyped();
                // What is entered for another type is all new.
                mayBeEmpty = true;
              }
              break;
            case 'organizations':
              form.setFlag('organizationSpecific', step.on);
              break;
            case 'removeBlock': {
              const block = blocks[step.at % blocks.length]!;
              form.removeBlock(block.key);
              mayBeEmpty = true;
              for (const field of expected.keys()) if ([block.key, ...block.rows].some((key) => field.startsWith(`${key}.`))) expected.delete(field);
              break;
            }
            case 'removeHeader': {
              const row = headers[step.at % headers.length];
              if (row === undefined) break;
              form.removeRow(row);
              for (const field of expected.keys()) if (field.startsWith(`${row}.`)) expected.delete(field);
              break;
            }
            case 'leave':
              break;
            case 'replace': {
              const secret = press(step.at, ({ kept }) => !!kept);
              if (secret) form.replaceSecret(secret);
              break;
            }
            case 'keep': {
              const secret = press(step.at, ({ replaces }) => replaces);
              if (secret) form.keepSecret(secret);
              if (secret) expected.delete(secret);
              break;
            }
            case 'empty': {
              const secret = press(step.at, ({ wasSecret }) => wasSecret);
              if (secret) form.leaveEmpty(secret);
              mayBeEmpty ||= !!secret;
              break;
            }
            case 'move':
              form.dispose();
              expect(secretsIn(form)).to.deep.equal([]);
              forgetSecretsTyped();
              break;
            case 'save': {
              const calls: Submission[] = [];
              const other = kept({ ...stored, name: `Theirs ${version}`, active: !stored.active }, version + 1);
              const holds = !form.fields.all.some(isInvalid);
              const typedNow = secretsIn(form);
              // Twice at once is one intent.
              const [result, second] = await Promise.all(
                [0, 1].map(() =>
                  form.submit(async (submission) => {
                    calls.push(submission);
                    await Promise.resolve();
                    if (step.answer === 'stored') return kept(submission.input, version + 1);
                    throw new AdapterError(step.answer, { current: step.answer === 'conflict' ? other : undefined });
                  }),
                ),
              );
              expect(calls).to.have.length(holds ? 1 : 0);
              if (!holds) {
                expect(result).to.equal('invalid');
                break;
              }
              expect(second).to.equal('busy');
              const { input, changes = {}, version: sent } = calls[0]!;
              expect(sent).to.equal(stored.version);
              expect(webhookInputSchema.safeParse(input).success).to.equal(true);
              for (const one of sentSecrets(input)) {
                if (typeof one !== 'string') expect(one).to.deep.equal({ stored: true });
                else if (one) expect(typedNow).to.include(one);
                else expect(mayBeEmpty, 'an empty secret').to.equal(true);
              }
              for (const property of ['name', 'url', 'active', 'method'] as const)
                expect(Object.hasOwn(changes, property), property).to.equal(input[property] !== stored[property]);
              if (step.answer === 'stored') {
                expect(secretsIn(form)).to.deep.equal([]);
                expect(form.dirty).to.equal(false);
                forgetSecretsTyped();
                stored = kept(input, (version += 1));
              } else if (step.answer === 'conflict') {
                const theirs = form.differences.filter((_, index) => step.theirs & (1 << index)).map(({ property }) => property);
                form.rebase(other, new Set(theirs));
                stored = other;
                version += 1;
                if (theirs.includes('authentication')) forgetSecretsTyped();
                for (const property of theirs) expected.delete(property);
                if (theirs.includes('authentication') || theirs.includes('headers'))
                  for (const field of expected.keys()) if (/^[ch]\d/.test(field)) expected.delete(field);
                for (const property of theirs) expect(form.input[property], property).to.deep.equal(stored[property]);
              }
            }
          }
          for (const [field, text] of expected) expect(form.getState().text.get(field) ?? '', field).to.equal(text);
        }
      }),
      { numRuns: 300 },
    );
  });
});
