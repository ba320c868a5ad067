import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { SERVICE } from '../domain/consent';
import type { DecisionRecord } from '../domain/decision';
import { closesAt, zoneOf } from '../domain/quiet-hours';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { PolicyHolder } from './policy-holder';

/** A decision that people may work from a moment on; null, or absent, for now. */
export type Worked = Pick<DecisionRecord, 'decisionId' | 'customerId' | 'channel' | 'purpose' | 'queue'> & {
  from?: Date | null;
};

/** When the channels of what people work close: an agent calls later than it was decided. */
@Injectable()
export class ChannelHours {
  constructor(
    private readonly customers: CustomerStateRepository,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /**
   * From when the channel is quiet for its customer, by decision, as the policy is now. Left out are those that no people work and those whose channel
   * never closes. Customers are read only where their day matters.
   */
  async closingsOf(decisions: readonly Worked[]): Promise<Map<string, Date>> {
    const { quietHours, timeZone } = this.policies.current;
    const ruled = new Set(quietHours.map(({ channel }) => channel));
    const asked = decisions.filter(({ queue, channel }) => queue !== '' && ruled.has(channel));
    if (asked.length === 0) return new Map();
    const now = this.clock.now();
    const zones = await this.customers.findTimeZones(asked.map(({ customerId }) => customerId));
    const closings = new Map<string, Date>();
    for (const { decisionId, customerId, channel, purpose, from } of asked) {
      const place = { channel, isService: purpose === SERVICE };
      const start = from && from > now ? from : now;
      const closing = closesAt(
        quietHours,
        place,
        zoneOf(zones.get(customerId), timeZone),
        start,
        this.policies.calendar,
      );
      if (closing !== null) closings.set(decisionId, closing);
    }
    return closings;
  }
}
