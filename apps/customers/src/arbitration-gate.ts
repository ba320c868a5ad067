import { Inject, Injectable } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { createClient, type Client } from '@tidegate/grpc';
import { continueTrace, currentContext, runInContext, type Actor } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';
import type { Consent } from './domain/consent';
import type { Customer } from './domain/customer';

type ConsentWord = Pick<Consent, 'purpose' | 'channel' | 'isGranted'>;
/** A profile with its version that says it. */
type WrittenProfile = Pick<Customer, 'customerId' | 'version'>;

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

  /** To all profiles at once. @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  applyConsents(profiles: readonly WrittenProfile[], { purpose, channel, isGranted }: ConsentWord): Promise<void> {
    return this.toEach(profiles, (profile) => this.client.applyConsent({ ...profile, purpose, channel, isGranted }));
  }

  /** To all profiles at once. @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  applyHolds(profiles: readonly WrittenProfile[], hasComplaintHold: boolean): Promise<void> {
    return this.toEach(profiles, (profile) => this.client.applyHold({ ...profile, hasComplaintHold }));
  }

  /** Each waits for all replicas of arbitration: one after another a person of many profiles would wait for too long. */
  private async toEach(
    profiles: readonly WrittenProfile[],
    tell: (profile: WrittenProfile) => Promise<unknown>,
  ): Promise<void> {
    await Promise.all(profiles.map(({ customerId, version }) => this.asService(() => tell({ customerId, version }))));
  }

  private asService<T>(call: () => Promise<T>): Promise<T> {
    return runInContext({ traceparent: continueTrace(currentContext()?.traceparent), actor: SELF }, call);
  }
}
