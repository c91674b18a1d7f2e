import 'webhook-settings/define';
import type { EventType } from 'webhook-settings';
import { createMemoryAdapter } from 'webhook-settings/adapters/memory';

const find = (selector: string) => document.querySelector<HTMLElementTagNameMap['webhook-settings']>(selector)!;

const orderEvents: EventType[] = [
  { id: 'order.placed', label: 'Order placed', group: 'Orders' },
  { id: 'order.cancelled', label: 'Order cancelled', group: 'Orders' },
  { id: 'shipment.sent', label: 'Shipment sent', group: 'Shipments' },
  { id: 'shipment.delivered', label: 'Shipment delivered', group: 'Shipments' },
];
const meterEvents: EventType[] = [
  { id: 'reading.created', label: 'Reading created' },
  { id: 'meter.offline', label: 'Meter offline' },
  { id: 'meter.replaced', label: 'Meter replaced' },
];
const yesterday = new Date(Date.now() - 86_400_000).toISOString();

const orders = find('#orders');
orders.eventTypes = orderEvents;
orders.authTypes = ['hmac-sha256', 'token', 'none'];
orders.adapter = createMemoryAdapter({
  webhooks: [
    {
      id: 'wh_orders',
      name: 'Orders to the warehouse',
      events: ['order.placed'],
      url: 'https://warehouse.example.com/orders',
      method: 'POST',
      contentType: 'application/json',
      headers: [],
      test: false,
      active: true,
      authentication: {
        type: 'hmac-sha256',
        organizationSpecific: false,
        credentials: [{ clientId: 'shop', clientSecret: { stored: true, hint: '81fe' } }],
      },
      createdAt: yesterday,
      updatedAt: yesterday,
    },
  ],
});

const readings = find('#readings');
readings.eventTypes = meterEvents;
readings.authTypes = ['aws4', 'oauth2'];
readings.organizations = [
  { id: 'north', name: 'Northern grid' },
  { id: 'south', name: 'Southern grid' },
];
readings.adapter = createMemoryAdapter();
