import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { authTypeIds, type AuthTypeId } from '../../../src/core/auth/index.js';
import { createWebhookForm, type WebhookForm } from '../../../src/core/form/webhook-form.js';
import { isInvalid } from '../../../src/core/form/form-fields.js';
import { webhookInputSchema } from '../../../src/core/webhook.js';

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
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
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
