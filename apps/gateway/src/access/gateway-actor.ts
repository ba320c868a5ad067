import type { Actor } from '@tidegate/observability';

/** The gateway itself, when it asks who calls. */
export const GATEWAY: Actor = { id: 'gateway', kind: 'service', roles: ['gateway'], orgPath: '' };
