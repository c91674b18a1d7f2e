import type { WebhookInput } from '../webhook.js';
import type { FormState } from './form-state.js';

type Property = keyof WebhookInput;

/** A property that is not the same in what the host stores by now and in the form. */
export interface Difference {
  readonly property: Property;
  readonly theirs: WebhookInput;
  readonly mine: WebhookInput;
  readonly changedByThem: boolean;
  readonly changedByMe: boolean;
}

/** The same text for the same value: in which order organizations are does not matter. */
function textOf(input: WebhookInput, property: Property): string {
  if (property !== 'authentication') return JSON.stringify(input[property]);
  const { credentials, ...rest } = input.authentication;
  return JSON.stringify([rest, credentials.map((one) => JSON.stringify(one)).sort()]);
}

/**
 * What two people made of the same webhook. A secret that the other person replaced looks as stored as before: the
 * caller says whether that happened. Where it is all that differs there is no choice: nobody here has the one before.
 */
export function differences(
  base: WebhookInput,
  theirs: WebhookInput,
  mine: WebhookInput,
  { secrets }: { secrets: boolean },
): Difference[] {
  const differ = (one: WebhookInput, other: WebhookInput, property: Property) => textOf(one, property) !== textOf(other, property);
  const hasOtherSecret = (property: Property) => property === 'authentication' && secrets;
  return (Object.keys(base) as Property[])
    .filter((property) => differ(theirs, mine, property))
    .map((property) => ({
      property,
      theirs,
      mine,
      changedByThem: differ(base, theirs, property) || hasOtherSecret(property),
      changedByMe: differ(base, mine, property),
    }));
}

/** The form's state with some properties taken from another state. The ids of rows never collide, so texts can be joined. */
export function adopt(mine: FormState, other: FormState, properties: ReadonlySet<Property>): Partial<FormState> {
  const has = (property: Property) => properties.has(property);
  // Theirs instead of mine: the secrets that were typed into mine are kept no longer.
  const dropped = has('authentication') ? mine.blocks.flatMap(({ key, rows }) => [key, ...rows]) : [];
  const text = new Map([...mine.text].filter(([id]) => !dropped.includes(id.split('.', 1)[0]!)));
  for (const [id, value] of other.text) if (!mine.text.has(id) || properties.has(id as Property)) text.set(id, value);
  const { type, organizationSpecific, blocks, events, test, active, headers } = other;
  return {
    text,
    ...(has('events') && { events }),
    ...(has('test') && { test }),
    ...(has('active') && { active }),
    ...(has('headers') && { headers }),
    ...(has('authentication') && { type, organizationSpecific, blocks, replacing: new Set(), expected: other.expected }),
  };
}
