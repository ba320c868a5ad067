import { Injectable } from '@nestjs/common';
import type { ListRetractionsResponse, QuietDecision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Clock } from '@tidegate/service';
import { SERVICE } from '../../domain/consent';
import type { DecisionRecord } from '../../domain/decision';
import { zoneOf } from '../../domain/quiet-hours';
import { PolicyHolder } from '../../engine/policy-holder';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { DecisionRepository } from '../../repositories/decision.repository';
import type { ListRetractionsInput } from './list-retractions.request';

type Unretracted = Pick<DecisionRecord, 'decisionId' | 'customerId' | 'channel' | 'purpose'>;

/** What speaks against sending decisions, for whoever is about to: true of the moment in which it is read. */
@Injectable()
export class ListRetractionsUseCase {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly customers: CustomerStateRepository,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  async execute({ decisionIds }: ListRetractionsInput): Promise<ListRetractionsResponse> {
    const found = await this.decisions.listSendable(decisionIds);
    const retractions = found.flatMap(({ decisionId, retractedReason, retractedAt }) =>
      retractedReason === undefined ? [] : [{ decisionId, reason: retractedReason, retractedAt }],
    );
    const quietDecisions = await this.quietOf(found.filter(({ retractedReason }) => retractedReason === undefined));
    return { retractions, quietDecisions };
  }

  /** Customers are read only where their day matters. */
  private async quietOf(decisions: readonly Unretracted[]): Promise<QuietDecision[]> {
    const situation = this.policies.situation(this.clock.now());
    const { quietHours, timeZone } = situation.policy;
    const ruled = new Set(quietHours.map(({ channel }) => channel));
    const asked = decisions.filter(({ channel }) => ruled.has(channel));
    if (asked.length === 0) return [];
    const zones = await this.customers.findTimeZones(asked.map(({ customerId }) => customerId));
    return asked.flatMap(({ decisionId, customerId, channel, purpose }) => {
      const place = { channel, isService: purpose === SERVICE };
      const quiet = situation.quietOf(place, zoneOf(zones.get(customerId), timeZone));
      if (quiet === 'open') return [];
      return { decisionId, until: quiet === 'discard' ? undefined : quiet.until };
    });
  }
}
