import { authType, type AuthType, type AuthTypeId } from '../auth/index.js';
import type { AdapterErrorCode } from '../adapter-error.js';
import { isStoredSecret, type StoredSecret } from '../secret.js';
import { asciiLowercase } from '../ascii.js';
import type { Webhook } from '../webhook.js';

/**
 * Names one field for as long as the form is open, whatever is added or removed around it: `name`, `c1.organizationId`,
 * `c1.aws4.secretKey`, `h2.value`. (A path, such as `headers.0.value`, moves with its row.)
 */
export type FieldId = string;
/** Names a row or an organization's block for as long as the form is open. */
export type RowKey = string;

/** One organization's credential; the only one when authentication is not organization-specific. */
export interface Block {
  readonly key: RowKey;
  /** The rows of a type whose fields repeat (Headers). */
  readonly rows: readonly RowKey[];
}

export interface FormFailure {
  readonly code: AdapterErrorCode;
  /** What the host said of it; may be empty. */
  readonly message: string;
  /** What it said of paths that no field on screen has. */
  readonly elsewhere: readonly (readonly [path: string, text: string])[];
  /** Seconds after which the host wants to be asked again. */
  readonly retryAfter: number | undefined;
  /** What the host stores by now, when that is why. */
  readonly current: Webhook | undefined;
  /** That is what was sent before, by a Save whose answer got lost: nobody else has to do with it. */
  readonly isOwn: boolean;
}

export type Flag = 'test' | 'active' | 'organizationSpecific';

export interface FormState {
  /** What stands in each text field and drop-down. */
  readonly text: ReadonlyMap<FieldId, string>;
  readonly events: readonly string[];
  readonly test: boolean;
  readonly active: boolean;
  readonly organizationSpecific: boolean;
  readonly type: AuthTypeId | '';
  readonly blocks: readonly Block[];
  readonly headers: readonly RowKey[];
  /** Stored secrets that the person chose to replace. */
  readonly replacing: ReadonlySet<FieldId>;
  /** Where a secret was: stored when the form opened, or typed and forgotten since. An empty field is an omission there. */
  readonly expected: ReadonlySet<FieldId>;
  /** Fields that were changed since they got the focus. */
  readonly changed: ReadonlySet<FieldId>;
  /** Fields whose findings are on show. */
  readonly revealed: ReadonlySet<FieldId>;
  readonly serverErrors: ReadonlyMap<FieldId, string>;
  /** After the first Save all findings are on show. */
  readonly submitted: boolean;
  readonly saving: boolean;
  /** The last Save was stopped before its answer came. */
  readonly stopped: boolean;
  /** Why the last Save failed. */
  readonly failure: FormFailure | undefined;
}

let lastKey = 0;
export const newKey = (prefix: 'c' | 'h'): RowKey => `${prefix}${++lastKey}`;

/** The id of a credential's field. Each type has its own, so that a change of type mixes nothing up. */
export const credentialField = (block: RowKey, type: string, name: string): FieldId => `${block}.${type}.${name}`;

export const isRowType = (type: AuthType | undefined): type is AuthType & { list: string } => type?.list !== undefined;

export const newBlock = (): Block => ({ key: newKey('c'), rows: [newKey('h')] });

const blank = (): FormState => ({
  text: new Map([
    ['method', 'POST'],
    ['contentType', 'application/json'],
  ]),
  events: [],
  test: false,
  active: true,
  organizationSpecific: false,
  type: '',
  blocks: [newBlock()],
  headers: [],
  replacing: new Set(),
  expected: new Set(),
  changed: new Set(),
  revealed: new Set(),
  serverErrors: new Map(),
  submitted: false,
  saving: false,
  stopped: false,
  failure: undefined,
});

type Properties = Readonly<Record<string, unknown>>;

/** The state of a form that just opened: blank, or holding what is stored of a webhook (never a secret's value). */
export function initialState(webhook: Webhook | undefined): FormState {
  const state = blank();
  if (!webhook) return state;
  const { authentication, headers, events, test, active } = webhook;
  const text = new Map(state.text);
  const expected = new Set<FieldId>();
  const put = (id: FieldId, value: unknown): void => {
    if (typeof value === 'string') text.set(id, value);
    else if (isStoredSecret(value)) expected.add(id);
  };
  for (const name of ['name', 'url', 'method', 'contentType'] as const) text.set(name, webhook[name]);

  const putRows = (rows: readonly Properties[]): RowKey[] =>
    rows.map((row) => {
      const key = newKey('h');
      for (const [name, value] of Object.entries(row)) put(`${key}.${name}`, value);
      return key;
    });

  const type = authType(authentication.type);
  const blocks = authentication.credentials.map((credential: Properties): Block => {
    const key = newKey('c');
    put(`${key}.organizationId`, credential['organizationId']);
    if (isRowType(type)) return { key, rows: putRows(credential[type.list] as Properties[]) };
    for (const { name } of type?.fields ?? []) put(credentialField(key, authentication.type, name), credential[name]);
    return { key, rows: [newKey('h')] };
  });

  return {
    ...state,
    text,
    expected,
    events: [...events],
    test,
    active,
    organizationSpecific: authentication.organizationSpecific,
    type: authentication.type,
    blocks: blocks.length ? blocks : state.blocks,
    headers: putRows(headers),
  };
}

/**
 * The secret that the host keeps for a field, if it keeps one for just this place: the same type, the same organization
 * and, among rows, the same key. A stored secret never moves to another organization or header.
 */
export function storedSecret(
  webhook: Webhook | undefined,
  state: FormState,
  block: RowKey,
  name: string,
  row?: RowKey,
): StoredSecret | undefined {
  const { type, organizationSpecific, text } = state;
  const authentication = webhook?.authentication;
  if (authentication?.type !== type || authentication.organizationSpecific !== organizationSpecific) return undefined;
  const organization = organizationSpecific ? text.get(`${block}.organizationId`) : undefined;
  let holder = (authentication.credentials as readonly Properties[]).find(
    (credential) => credential['organizationId'] === organization,
  );
  const definition = authType(type);
  if (row && isRowType(definition)) {
    const key = asciiLowercase(text.get(`${row}.key`) ?? '');
    holder = (holder?.[definition.list] as Properties[] | undefined)?.find(
      (candidate) => asciiLowercase(String(candidate['key'])) === key,
    );
  }
  const value = holder?.[name];
  return isStoredSecret(value) ? value : undefined;
}
