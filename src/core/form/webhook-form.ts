import { toAdapterError } from '../adapter-error.js';
import { authType, type AuthTypeId } from '../auth/index.js';
import { createObservable, type Observable } from '../observable.js';
import { splitUserinfo, type UrlOptions } from '../rules/url.js';
import { isStoredAs } from '../stored-as.js';
import { webhookSchema, type Webhook, type WebhookInput } from '../webhook.js';
import { adopt, differences, type Difference } from './conflict.js';
import { formFields, isInvalid, type FormFields } from './form-fields.js';
import { changedProperties, formInput } from './form-input.js';
import { credentialField, initialState, newBlock, newKey, type FieldId, type Flag, type FormState, type RowKey } from './form-state.js';
import { spellings } from './spellings.js';

/** One Save, on its way to whoever stores it. */
export interface Submission {
  readonly input: WebhookInput;
  /** On an edit: the webhook's id and the top-level properties that changed. */
  readonly id: string | undefined;
  /** On an edit: the version that the changes are made to. */
  readonly version: string | undefined;
  readonly changes: Partial<WebhookInput> | undefined;
  /** Stays the same as long as the same input is sent again. */
  readonly idempotencyKey: string;
  /** Aborted when the person stops waiting, or the form goes away. */
  readonly signal: AbortSignal;
}

export type SubmitResult = 'saved' | 'invalid' | 'failed' | 'stopped' | 'busy';

export interface WebhookFormOptions extends UrlOptions {
  /** The webhook to edit; absent: add one. */
  readonly webhook?: Webhook | undefined;
  /** What a new webhook starts from; its secrets are left out. */
  readonly template?: Webhook | undefined;
}

export interface WebhookForm extends Observable<FormState> {
  /** The fields on screen, for the present state. */
  readonly fields: FormFields;
  /** True when closing would lose something. */
  readonly dirty: boolean;
  setText(id: FieldId, value: string): void;
  setFlag(flag: Flag, on: boolean): void;
  setEvents(events: readonly string[]): void;
  /** Forgets the secrets that were typed for the type before. */
  setType(type: AuthTypeId): void;
  /** The focus left a field: from now on it says what is wrong with it, if it was changed. */
  leave(id: FieldId): void;
  addBlock(): RowKey;
  removeBlock(key: RowKey): void;
  /** Adds a header row: to the webhook itself, or to a block. */
  addRow(block?: RowKey): RowKey;
  removeRow(key: RowKey): void;
  replaceSecret(id: FieldId): void;
  keepSecret(id: FieldId): void;
  /** There is no secret any more where one was. */
  leaveEmpty(id: FieldId): void;
  /** Moves `user:password@` out of the endpoint URL and into Basic authentication. */
  moveUserinfo(): void;
  /** Where what the host stores by now differs from what is in the form, after a conflict; else nothing. */
  readonly differences: readonly Difference[];
  /**
   * Goes on from what the host stores by now: the given properties as they are there, all others as they are in the
   * form. What comes next is a change to that version.
   */
  rebase(current: Webhook, theirs: ReadonlySet<keyof WebhookInput>): void;
  /** True when it started from another webhook that has secrets: they are not in it. */
  readonly isCopy: boolean;
  /** The webhook as the form stands, whether it holds or not. */
  readonly input: WebhookInput;
  /** True when everything holds; else all findings are on show. */
  check(): boolean;
  /** Checks everything and, if it holds, hands the input to `send`. Never rejects: a failure is in the state. */
  submit(send: (submission: Submission) => Promise<unknown> | undefined): Promise<SubmitResult>;
  /** Stops waiting for the answer; the form can be edited and saved again. */
  stop(): void;
  /** What somebody says, without the secrets in it that were typed here. */
  readonly withoutSecrets: (said: string) => string;
  /** Forgets every secret that was typed, and stops waiting. */
  dispose(): void;
}

// Not crypto.randomUUID: it exists only in secure contexts, and a settings page may be served on a plain intranet.
const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The same for the same text and, as good as certainly, for no other: so that the text, with its secrets, need not be kept. */
function digest(text: string): string {
  let [one, other] = [7, 11];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x5bd1e995) ^ (one >>> 15);
    other = Math.imul(other + unit, 0x2c1b3c6d) ^ (other >>> 12);
  }
  return `${one} ${other} ${text.length}`;
}

/** Whoever stores it may have handed in anything; another webhook is none of this form's. */
function parsed(current: unknown, id: string | undefined): Webhook | undefined {
  const { data } = webhookSchema.safeParse(current);
  return id === undefined || data?.id === id ? (data as Webhook | undefined) : undefined;
}

/** After these a host may have stored what was sent all the same. */
const uncertain = ['network', 'unavailable', 'unknown'];
/** After these it may be about to: sent again it is the same. After all others it is new, as a host may answer a known key as before. */
const keepsKey = [...uncertain, 'conflict', 'rate-limited'];

const withoutKey = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> =>
  new Map([...map].filter(([one]) => one !== key));

const contentOf = ({ text, events, test, active, organizationSpecific, type, blocks, headers, replacing }: FormState) =>
  JSON.stringify([
    [...text].filter(([, value]) => value).sort(([a], [b]) => (a < b ? -1 : 1)),
    [events, test, active, organizationSpecific, type, blocks.length, blocks.map(({ rows }) => rows.length), headers.length],
    [...replacing],
  ]);

/** The state of one form, from opening it to closing it. It knows no host: {@link WebhookForm.submit} is handed one. */
export function createWebhookForm(options: WebhookFormOptions = {}): WebhookForm {
  let { webhook } = options;
  const initial = initialState(webhook ?? options.template);
  const { getState, subscribe, set } = createObservable<FormState>(initial);
  let before = contentOf(initial);
  /** What a stored webhook would send back if nothing were changed. */
  const inputOf = (stored: Webhook): WebhookInput => {
    const state = initialState(stored);
    return formInput(state, formFields(state, stored, options));
  };
  let inputBefore = webhook && inputOf(webhook);
  let described: { state: FormState; fields: FormFields } | undefined;
  let attempt: AbortController | undefined;
  /** By what was sent, as a digest: sent again, it has the same key, so that a host stores it once. */
  const sent = new Map<string, string>();
  /** What was sent last, if its answer got lost. */
  let lost: WebhookInput | undefined;

  const fields = (): FormFields => {
    const state = getState();
    if (described?.state !== state) described = { state, fields: formFields(state, webhook, options) };
    return described.fields;
  };

  /** Drops what was typed into the given ids, and what was said of them. */
  const forget = (drop: (id: FieldId) => boolean): Partial<FormState> => {
    const { text, replacing, expected, revealed, serverErrors } = getState();
    return {
      text: new Map([...text].filter(([id]) => !drop(id))),
      replacing: new Set([...replacing].filter((id) => !drop(id))),
      expected: new Set([...expected].filter((id) => !drop(id))),
      revealed: new Set([...revealed].filter((id) => !drop(id))),
      serverErrors: new Map([...serverErrors].filter(([id]) => !drop(id))),
    };
  };

  /** The ids under which a secret may stand: of every type, in every block and row. */
  const isSecret = (id: FieldId): boolean => {
    const parts = id.split('.');
    const name = parts.at(-1);
    if (parts.length === 3) return !!authType(parts[1]!)?.fields.some((one) => one.kind === 'secret' && one.name === name);
    return name === 'value' && !getState().headers.includes(parts[0]!);
  };

  /** Of the field itself any secret is masked; elsewhere one of three characters would garble the words around it. */
  const masked = (said: string, own?: FieldId): string =>
    [...getState().text]
      .filter(([id, value]) => isSecret(id) && (value.length > 3 || (value && id === own)))
      .flatMap(([id, value]) => spellings(value, getState().text.get(id.replace(/password$/, 'username'))))
      // One may begin as another: the longest first.
      .sort((a, b) => b.length - a.length)
      .reduce((clean, value) => clean.replaceAll(value, '•••'), said);
  const withoutSecrets = (said: string): string => masked(said);

  const told = (errors: Readonly<Record<string, string>> = {}) => {
    const serverErrors = new Map<FieldId, string>();
    const elsewhere: [string, string][] = [];
    for (const [path, said] of Object.entries(errors)) {
      const { all } = fields();
      // Of a row or a block its first field.
      const field =
        all.find((one) => path === one.path || path.startsWith(`${one.path}.`)) ?? all.find((one) => one.path.startsWith(`${path}.`));
      if (field) serverErrors.set(field.id, masked(said, field.id));
      else elsewhere.push([withoutSecrets(path), withoutSecrets(said)]);
    }
    return { serverErrors, elsewhere };
  };

  const stop = () => attempt?.abort();

  /** That they have to be entered again is to be seen. */
  const forgetSecrets = (): void => {
    const { text, replacing, expected } = getState();
    const typed = [...text].flatMap(([id, value]) => (value && isSecret(id) ? id : []));
    lost = undefined;
    set({ ...forget(isSecret), replacing, expected: new Set([...expected, ...typed]) });
  };

  return {
    getState,
    subscribe,
    get fields() {
      return fields();
    },
    isCopy: !webhook && initial.expected.size > 0,
    get dirty() {
      return contentOf(getState()) !== before;
    },
    setText(id, value) {
      const { text, changed, serverErrors: errors } = getState();
      if ((text.get(id) ?? '') === value) return;
      set({
        text: new Map(text).set(id, value),
        changed: new Set(changed).add(id),
        serverErrors: withoutKey(errors, id),
      });
    },
    setFlag(flag, on) {
      set({ [flag]: on, serverErrors: withoutKey(getState().serverErrors, flag) });
    },
    setEvents(events) {
      const { changed, serverErrors: errors } = getState();
      set({ events, changed: new Set(changed).add('events'), serverErrors: withoutKey(errors, 'events') });
    },
    setType(type) {
      if (type === getState().type) return;
      set({ ...forget((id) => id === 'type' || isSecret(id)), type });
    },
    leave(id) {
      const { changed, revealed } = getState();
      if (changed.has(id)) set({ changed: new Set([...changed].filter((one) => one !== id)), revealed: new Set(revealed).add(id) });
    },
    addBlock() {
      const block = newBlock();
      set({ blocks: [...getState().blocks, block] });
      return block.key;
    },
    removeBlock(key) {
      const { blocks } = getState();
      const rows = blocks.find((block) => block.key === key)?.rows ?? [];
      const rest = blocks.filter((block) => block.key !== key);
      set({
        ...forget((id) => id.startsWith(`${key}.`) || rows.some((row) => id.startsWith(`${row}.`))),
        blocks: rest.length ? rest : [newBlock()],
      });
    },
    addRow(block) {
      const { blocks, headers } = getState();
      const row = newKey('h');
      set(
        block
          ? { blocks: blocks.map((one) => (one.key === block ? { ...one, rows: [...one.rows, row] } : one)) }
          : { headers: [...headers, row] },
      );
      return row;
    },
    removeRow(key) {
      const { blocks, headers } = getState();
      const remove = (rows: readonly RowKey[]) => rows.filter((row) => row !== key);
      set({
        ...forget((id) => id.startsWith(`${key}.`)),
        headers: remove(headers),
        blocks: blocks.map((one) => (one.rows.includes(key) ? { ...one, rows: remove(one.rows) } : one)),
      });
    },
    replaceSecret(id) {
      const { replacing, expected } = getState();
      set({ replacing: new Set(replacing).add(id), expected: new Set(expected).add(id) });
    },
    keepSecret(id) {
      set(forget((one) => one === id));
    },
    leaveEmpty(id) {
      set({ expected: new Set([...getState().expected].filter((one) => one !== id)) });
    },
    moveUserinfo() {
      const { text, blocks } = getState();
      const split = splitUserinfo(text.get('url') ?? '');
      if (!split) return;
      this.setType('basic');
      const key = blocks[0]!.key;
      set({
        text: new Map(getState().text)
          .set('url', split.url)
          .set(credentialField(key, 'basic', 'username'), split.username)
          .set(credentialField(key, 'basic', 'password'), split.password),
      });
    },
    get input() {
      return formInput(getState(), fields());
    },
    check() {
      if (!fields().all.some(isInvalid)) return true;
      set({ submitted: true, failure: undefined, stopped: false });
      return false;
    },
    get differences() {
      const current = getState().failure?.current;
      if (!webhook || !inputBefore || !current) return [];
      return differences(inputBefore, inputOf(current), formInput(getState(), fields()), {
        secrets: JSON.stringify(webhook.authentication) !== JSON.stringify(current.authentication),
      });
    },
    rebase(current, theirs) {
      webhook = current;
      inputBefore = inputOf(current);
      set({ ...adopt(getState(), initialState(current), theirs), failure: undefined });
    },
    async submit(send) {
      if (getState().saving) return 'busy';
      if (!this.check()) return 'invalid';
      const input = formInput(getState(), fields());
      const content = digest(JSON.stringify(input));
      const idempotencyKey = sent.get(content) ?? randomKey();
      sent.set(content, idempotencyKey);
      const mine = (attempt = new AbortController());
      const { signal } = mine;
      set({ submitted: true, saving: true, failure: undefined, stopped: false, serverErrors: new Map() });
      const stopped = new Promise<'stopped'>((resolve) =>
        signal.addEventListener('abort', () => resolve('stopped'), { once: true }),
      );
      try {
        const answer = Promise.resolve(
          send({
            input,
            id: webhook?.id,
            version: webhook?.version,
            changes: inputBefore && changedProperties(inputBefore, input),
            idempotencyKey,
            signal,
          }),
        );
        const result = await Promise.race([answer.then((stored) => ({ stored })), stopped]);
        if (result === 'stopped') {
          lost = input;
          set({ saving: false, stopped: true });
          return result;
        }
        forgetSecrets();
        set({ saving: false, submitted: false });
        // A page may keep the form open: what comes next is a change to what is stored now.
        const stored = webhook && [result.stored].flat().map((one) => parsed(one, webhook?.id)).find(Boolean);
        if (stored) {
          this.rebase(stored, new Set());
          set({ replacing: new Set() });
        }
        before = contentOf(getState());
        return 'saved';
      } catch (thrown) {
        // A failure that comes after the person stopped waiting is the same to them.
        if (signal.aborted) return 'stopped';
        // Somebody else stopped it, such as a page that has another host by now.
        if ((thrown as Error | undefined)?.name === 'AbortError') {
          set({ saving: false, stopped: true });
          return 'stopped';
        }
        const { code, message, fieldErrors, retryAfter, current: said } = toAdapterError(thrown);
        const { serverErrors, elsewhere } = told(fieldErrors);
        // What is wrong with a field no choice between two versions can mend.
        const current = webhook && !serverErrors.size && !elsewhere.length ? parsed(said, webhook.id) : undefined;
        const isOwn = !!current && !!lost && isStoredAs(lost, inputOf(current));
        lost = uncertain.includes(code) ? input : undefined;
        if (!keepsKey.includes(code)) sent.delete(content);
        set({
          saving: false,
          failure: { code, message: withoutSecrets(message), elsewhere, retryAfter, current, isOwn },
          serverErrors,
        });
        return 'failed';
      }
    },
    stop,
    withoutSecrets,
    dispose() {
      stop();
      forgetSecrets();
    },
  };
}
