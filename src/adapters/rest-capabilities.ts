import type { AdapterCapability } from '../core/adapter.js';

/** The optional methods that a server is taken to have unless the page says otherwise. */
export const restCapabilities: readonly AdapterCapability[] = [
  'get',
  'update',
  'delete',
  'listEventTypes',
  'listOrganizations',
];
