import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { DomainError } from '@tidegate/errors';
import { createClient } from '@tidegate/grpc';
import { ServiceEnv } from '@tidegate/service';
import { asService } from './as-service';

const DEADLINE_MS = 3_000;
const ASKED_AT_ONCE_MAX = 32;
/** Where value that may be used still is: at a till or on its way it may come back. */
const USABLE_STATES = ['issued', 'held', 'gifting'];

/** What delivery asks benefits, before it reminds of one that it did not remind of at once. */
@Injectable()
export class BenefitsPeer implements OnModuleDestroy {
  private readonly client;

  constructor(env: ServiceEnv) {
    this.client = createClient(BenefitsServiceService, env.peerUrl('benefits'), { deadlineMs: DEADLINE_MS });
  }

  /** Which of these instances their holders may use still. @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async findUsable(instanceIds: readonly string[]): Promise<Set<string>> {
    const usable = new Set<string>();
    for (let from = 0; from < instanceIds.length; from += ASKED_AT_ONCE_MAX) {
      const asked = instanceIds.slice(from, from + ASKED_AT_ONCE_MAX);
      const answers = await asService(() => Promise.all(asked.map((instanceId) => this.isUsable(instanceId))));
      asked.filter((_, index) => answers[index]).forEach((instanceId) => usable.add(instanceId));
    }
    return usable;
  }

  onModuleDestroy(): void {
    this.client.close();
  }

  private async isUsable(instanceId: string): Promise<boolean> {
    try {
      const { instance } = await this.client.getInstance({ instanceId });
      return instance !== undefined && USABLE_STATES.includes(instance.state);
    } catch (err) {
      if (err instanceof DomainError && err.reason === 'INSTANCE_NOT_FOUND') return false;
      throw err;
    }
  }
}
