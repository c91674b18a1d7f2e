import type { Organization, WebhookInput } from 'webhook-settings';

const names = [
  'Brightside Energy',
  'Cedar & Sun Installers',
  'Harbor Light Solar',
  'Alpine Roofing Partners',
  'Bluebird Electric',
  'Canyon State Solar',
  'Daybreak Home Energy',
  'Evergreen Installers',
  'First Light Financing',
  'Golden Hour Roofs',
  'High Desert Power',
  'Island Breeze Renewables',
  'Juniper Electric Cooperative',
  'Keystone Solar Works',
  'Lakeshore Energy Advisors',
  'Meridian Rooftops',
  'North Star Electric',
  'Open Sky Solar',
  'Prairie Sun Cooperative',
  'Quarry Hill Power',
  'Riverbend Renewables',
  'Sunrise & Sons',
  'Three Peaks Energy',
  'Upland Solar',
  'Valley Green Electric',
];

/** The companies that sell through this one. */
export const organizations: readonly Organization[] = names.map((name, index) => ({ id: `org_${index + 1}`, name }));

const common = {
  method: 'POST',
  contentType: 'application/json',
  headers: [],
  test: false,
  active: true,
} satisfies Partial<WebhookInput>;

/** One webhook for each way of looking in the list. The secrets in them open nothing. */
export const samples: readonly WebhookInput[] = [
  {
    ...common,
    name: 'Milestones to CRM',
    events: ['milestone.status_change'],
    url: 'https://crm.example.com/milestones',
    headers: [{ key: 'X-Tenant', value: '7' }],
    authentication: {
      type: 'hmac-sha256',
      organizationSpecific: false,
      credentials: [{ clientId: 'northlight', clientSecret: 'sample-secret-of-the-crm-4c1d' }],
    },
  },
  {
    ...common,
    name: 'Signed contracts to billing',
    events: ['contract.status_change'],
    url: 'https://billing.example.com/api/v2/contracts',
    method: 'PUT',
    authentication: {
      type: 'oauth2',
      organizationSpecific: false,
      credentials: [
        {
          grantType: 'client_credentials',
          tokenUrl: 'https://login.example.com/oauth2/token',
          clientId: 'northlight-webhooks',
          clientSecret: 'sample-secret-of-billing-77e0',
          scope: 'contracts:write',
          clientAuthentication: 'basic',
        },
      ],
    },
  },
  {
    ...common,
    name: 'Partner data lake',
    events: ['qualification.update'],
    url: 'https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod/qualifications',
    authentication: {
      type: 'aws4',
      organizationSpecific: true,
      credentials: organizations.slice(0, 3).map(({ id }, index) => ({
        organizationId: id,
        accessKey: `AKIASAMPLE00000000${index + 1}0`,
        secretKey: `sample-secret-of-the-data-lake-000000${index + 1}a9`,
        region: 'us-east-1',
        service: 'execute-api',
        baseEndpoint: 'https://a1b2c3d4.execute-api.us-east-1.amazonaws.com',
      })),
    },
  },
  {
    ...common,
    name: 'Recipient status, staging',
    events: ['contract_recipient.status_change'],
    url: 'https://staging.example.com/northlight',
    test: true,
    authentication: {
      type: 'basic',
      organizationSpecific: false,
      credentials: [{ username: 'northlight', password: 'sample-password-of-staging' }],
    },
  },
  {
    ...common,
    name: 'Archived sites to the old warehouse',
    events: ['site.archived'],
    url: 'https://warehouse.example.com/inbox',
    contentType: 'application/xml',
    active: false,
    authentication: { type: 'none', organizationSpecific: false, credentials: [] },
  },
  {
    ...common,
    name: 'Task comments to chat',
    events: ['task_comment.created'],
    url: 'https://chat.example.com/hooks/incoming',
    test: true,
    active: false,
    authentication: {
      type: 'token',
      organizationSpecific: false,
      credentials: [{ key: 'Authorization', value: 'Bearer sample-token-of-the-chat' }],
    },
  },
];
