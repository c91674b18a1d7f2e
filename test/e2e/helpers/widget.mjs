// What a person does with the widget, by the names that they and assistive technology know it by.

/** For each authentication type: its label, what goes into its open fields, and which fields are secret. */
export const authenticationTypes = {
  headers: { label: 'Headers', open: { Key: 'X-Api-Key' }, secrets: ['Value'] },
  basic: { label: 'Basic', open: { Username: 'northlight' }, secrets: ['Password'] },
  token: { label: 'Token', open: { Key: 'X-Signed-Token' }, secrets: ['Value'] },
  aws4: {
    label: 'AWS4',
    open: {
      'Access Key': 'AKIAIOSFODNN7EXAMPLE',
      'AWS Region': 'us-east-1',
      'AWS Service': 'execute-api',
      'Base Endpoint': 'https://api.example.com',
    },
    secrets: ['Secret Key'],
  },
  'hmac-sha256': { label: 'HMAC-SHA256', open: { 'Client ID': 'northlight' }, secrets: ['Client Secret'] },
  none: { label: 'No Authentication', open: {}, secrets: [] },
  oauth2: {
    label: 'OAuth2',
    open: {
      'Authorization URL': 'https://login.example.com/authorize',
      'Token URL': 'https://login.example.com/token',
      'Client ID': 'northlight',
    },
    secrets: ['Client Secret'],
  },
};

/** Scopes are pages or locators; what a filter looks for inside of a row is found from the page. */
const pageOf = (scope) => (typeof scope.page === 'function' ? scope.page() : scope);

/** The open modal, `Add Webhook` or `Edit Webhook`. */
export class Modal {
  constructor(page, title = 'Add Webhook') {
    this.root = page.getByRole('dialog', { name: title, exact: true });
  }

  field(label, scope = this.root) {
    return scope.getByLabel(label, { exact: true });
  }

  button(name) {
    return this.root.getByRole('button', { name, exact: true });
  }

  switch(name) {
    return this.root.getByRole('switch', { name, exact: true });
  }

  /** One organization's block, counted from 0. */
  organization(index) {
    return this.root.locator('[part~="organization"]').nth(index);
  }

  async fillWebhook({ name, event = 'Milestone Status Change', url = 'https://example.com/hooks', test, active }) {
    await this.field('Name').fill(name);
    await this.field('Event').selectOption({ label: event });
    await this.field('Endpoint URL').fill(url);
    if (test !== undefined) await this.switch('Test credentials').setChecked(test);
    if (active !== undefined) await this.switch('Active').setChecked(active);
  }

  chooseType(type) {
    return this.field('Authentication type').selectOption({ label: authenticationTypes[type].label });
  }

  /** Fills the fields of a type within `scope`; secrets come from `secretFor(label)`, key by key as from a keyboard. */
  async fillCredential(type, secretFor, scope = this.root) {
    const { open, secrets } = authenticationTypes[type];
    for (const [label, value] of Object.entries(open)) await this.field(label, scope).fill(value);
    for (const label of secrets) {
      await this.field(label, scope).focus();
      await this.field(label, scope).pressSequentially(secretFor(label));
    }
  }

  save() {
    return this.button('Save').click();
  }
}

export async function openAddWebhook(page) {
  await page.getByRole('button', { name: 'Add Webhook', exact: true }).click();
  const modal = new Modal(page);
  await modal.field('Name').waitFor();
  return modal;
}

/** The row of the webhook with this name, in a page or a part of one. */
export const rowOf = (scope, name) => scope.getByRole('row').filter({ has: pageOf(scope).getByText(name, { exact: true }) });
