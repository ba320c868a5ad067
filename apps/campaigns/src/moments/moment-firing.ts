import { Injectable } from '@nestjs/common';
import { MomentDetected } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { event, type Transaction } from '@tidegate/mongo';
import { histogram } from '@tidegate/observability';
import { cooldownIdOf, fire, type Moment } from '../domain/moment';
import { MomentRepository } from '../repositories/moment.repository';

const MS_PER_SECOND = 1_000;
const latency = histogram('moment_latency_seconds', 'From a fact accepted to its moment detected', ['rule_kind']);

/** Records moments and tells of them: each once ever, and within its rule's cooldown. */
@Injectable()
export class MomentFiring {
  constructor(private readonly moments: MomentRepository) {}

  /** How many fired. */
  async run(
    found: readonly Moment[],
    detectedAt: Date,
    kind: 'threshold' | 'date_relative',
    tx: Transaction,
  ): Promise<number> {
    if (found.length === 0) return 0;
    const resting = found.filter((moment) => moment.cooldownDays > 0);
    const fired = await this.moments.findFired([...new Set(found.map((moment) => moment.momentId))], tx);
    const known = await this.moments.findLastFired([...new Set(resting.map(cooldownIdOf))], tx);
    const firing = fire(found, fired, known);
    await this.moments.addFiring(firing, known, detectedAt, tx);
    for (const moment of firing.moments) {
      latency.observe(
        { rule_kind: kind },
        Math.max(0, detectedAt.getTime() - moment.acceptedAt.getTime()) / MS_PER_SECOND,
      );
      tx.emit(event(MomentDetected, moment.momentId, toMessage(moment, detectedAt)));
    }
    return firing.moments.length;
  }
}

const toMessage = (moment: Moment, detectedAt: Date): MomentDetected => ({
  momentId: moment.momentId,
  strategyId: moment.strategyId,
  ruleId: moment.ruleId,
  customerId: moment.customerId,
  actionIds: moment.actionIds,
  factId: moment.factId,
  factData: moment.factData,
  factAcceptedAt: moment.acceptedAt,
  detectedAt,
  strategyRevision: moment.strategyRevision,
});
