import { isAtOrBelow } from '@tidegate/org-path';
import type { DeliverySource } from './delivery';

/** Where an organisation receives webhooks. The secret is sealed; only sending and its owner open it. */
export interface WebhookEndpoint {
  endpointId: string;
  url: string;
  orgPath: string;
  isActive: boolean;
  sealedSecret: string;
  createdAt: Date;
}

const depth = (orgPath: string): number => orgPath.split('/').length;

/**
 * The endpoint that a decision goes to: the one its treatment names, else the active one highest in the organisation, the
 * oldest among equals. Only those of the customer's organisation or above it are asked: what concerns him is told to no other branch's partner.
 * Undefined when nobody listens.
 */
export function chooseEndpoint(
  endpoints: readonly WebhookEndpoint[],
  { queue: named, orgPath }: Pick<DeliverySource, 'queue' | 'orgPath'>,
): WebhookEndpoint | undefined {
  const active = endpoints.filter(
    (endpoint) => endpoint.isActive && (orgPath === undefined || isAtOrBelow(orgPath, endpoint.orgPath)),
  );
  if (named !== '') return active.find((endpoint) => endpoint.endpointId === named);
  return active.sort(
    (a, b) =>
      depth(a.orgPath) - depth(b.orgPath) ||
      a.createdAt.getTime() - b.createdAt.getTime() ||
      (a.endpointId < b.endpointId ? -1 : 1),
  )[0];
}
