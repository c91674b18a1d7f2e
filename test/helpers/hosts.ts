import type { WebhookAdapter } from '../../src/core/adapter.js';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookPage, WebhookQuery } from '../../src/core/page.js';
import { deferred, type Page } from './page.js';
import { recorded, storedWebhook, type SettingsPage } from './widget.js';

export const refused = () => Promise.reject(new AdapterError('unknown'));

/** A host whose answers to `list` the test gives, call by call. */
export function byHand(more: Partial<WebhookAdapter> = {}) {
  const answers: ReturnType<typeof deferred<WebhookPage>>[] = [];
  const queries: WebhookQuery[] = [];
  const { adapter, of } = recorded<WebhookAdapter>({
    list: (query) => {
      const answer = deferred<WebhookPage>();
      queries.push(query);
      answers.push(answer);
      return answer.promise;
    },
    create: refused,
    ...more,
  });
  return { adapter, of, answers, queries };
}

/** Webhooks of these names, oldest first, so that a host that sorts by date answers with the last one first. */
export const named = (...names: string[]) =>
  names.map((name, index) =>
    storedWebhook({ id: `id of ${name}`, name, createdAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString() }),
  );

type Details = { [Type in keyof HTMLElementEventMap]: HTMLElementEventMap[Type] extends { detail: infer Detail } ? Detail : never };

/** The details of the events of this type that reach `target`, as they come. */
export function heard<Type extends keyof HTMLElementEventMap>(target: EventTarget, type: Type): Details[Type][] {
  const details: Details[Type][] = [];
  target.addEventListener(type, (event) => details.push((event as unknown as { detail: Details[Type] }).detail));
  return details;
}

/** Opens the menu of the row of this name. */
export async function openRowMenu(page: SettingsPage, name: string): Promise<Page> {
  page.press(`Actions for ${name}`);
  await page.appears('menu', `Actions for ${name}`);
  return page.within('menu');
}

/** Presses an item of the menu of the row of this name. */
export async function chooseAction(page: SettingsPage, name: string, action: string): Promise<void> {
  (await openRowMenu(page, name)).get('menuitem', action).click();
}

/** What the live regions outside of any dialog say. */
export const announced = (page: SettingsPage): string[] =>
  page.all('status').map(({ textContent }) => textContent.trim()).filter(Boolean);
