import { Inject, Injectable } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { createClient, type Client } from '@tidegate/grpc';
import { continueTrace, currentContext, runInContext, type Actor } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';
import type { Consent } from './domain/consent';

type ConsentWord = Pick<Consent, 'purpose' | 'channel' | 'isGranted'>;

const ARBITRATION_CLIENT = Symbol('arbitration client');
// Shorter than what a caller waits for us, retries included.
const DEADLINE_MS = 3_000;
const SELF: Actor = { id: 'customers', kind: 'service', roles: [], orgPath: '' };

export const arbitrationClientProvider = {
  provide: ARBITRATION_CLIENT,
  useFactory: (env: ServiceEnv) =>
    createClient(ArbitrationServiceService, env.peerUrl('arbitration'), { deadlineMs: DEADLINE_MS }),
  inject: [ServiceEnv],
};

/** Writes through to arbitration, in this service's own name: what it answered holds for every later decision. */
@Injectable()
export class ArbitrationGate {
  constructor(@Inject(ARBITRATION_CLIENT) private readonly client: Client<typeof ArbitrationServiceService>) {}

  /** @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async applyConsent(customerId: string, { purpose, channel, isGranted }: ConsentWord, version: number): Promise<void> {
    await this.asService(() => this.client.applyConsent({ customerId, purpose, channel, isGranted, version }));
  }

  /** @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async applyHold(customerId: string, hasComplaintHold: boolean, version: number): Promise<void> {
    await this.asService(() => this.client.applyHold({ customerId, hasComplaintHold, version }));
  }

  private asService<T>(call: () => Promise<T>): Promise<T> {
    return runInContext({ traceparent: continueTrace(currentContext()?.traceparent), actor: SELF }, call);
  }
}
