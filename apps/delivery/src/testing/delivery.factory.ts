import { createDelivery, type Delivery, type DeliverySource } from '../domain/delivery';
import type { WebhookEndpoint } from '../domain/webhook-endpoint';

export const NOON = new Date('2026-03-02T12:00:00Z');

export const buildDeliverySource = (overrides: Partial<DeliverySource> = {}): DeliverySource => ({
  decisionId: 'd1',
  customerId: 'c1',
  strategyId: 's1',
  actionId: 'a1',
  channel: 'webhook',
  mode: 'moment',
  reason: 'CHOSEN',
  queue: '',
  title: 'A gift',
  body: 'For you',
  benefitStockId: '',
  decidedAt: NOON,
  ...overrides,
});

export const buildDelivery = (overrides: Partial<Delivery> = {}): Delivery => ({
  ...createDelivery(buildDeliverySource(), 'webhook', NOON),
  ...overrides,
});

export const secondsAfter = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);

export const buildEndpoint = (overrides: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  endpointId: 'e1',
  url: 'https://partner.example/hook',
  orgPath: 'hq',
  isActive: true,
  sealedSecret: '',
  createdAt: NOON,
  ...overrides,
});
