import { Injectable } from '@nestjs/common';
import type {
  ChannelClosing,
  ListRetractionsResponse,
  QuietDecision,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import { Clock } from '@tidegate/service';
import { SERVICE } from '../../domain/consent';
import type { DecisionRecord } from '../../domain/decision';
import { zoneOf } from '../../domain/quiet-hours';
import { PUSH_CANCELLED } from '../../domain/reason';
import { standingOf, STRATEGY_STOPPED, type Standing } from '../../domain/strategy-standing';
import { ChannelHours, type Worked } from '../../engine/channel-hours';
import { PolicyHolder } from '../../engine/policy-holder';
import { StrategyCatalogue } from '../../engine/strategy-catalogue';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { DecisionRepository } from '../../repositories/decision.repository';
import { PushRepository } from '../../repositories/push.repository';
import type { ListRetractionsInput } from './list-retractions.request';

/** When what waits for a paused strategy is asked for again. */
const PAUSED_MS = 600_000;

type Unretracted = Pick<DecisionRecord, 'decisionId' | 'customerId' | 'channel' | 'purpose'>;

/** What speaks against sending decisions, for whoever is about to: true of the moment in which it is read. */
@Injectable()
export class ListRetractionsUseCase {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly pushes: PushRepository,
    private readonly customers: CustomerStateRepository,
    private readonly policies: PolicyHolder,
    private readonly strategies: StrategyCatalogue,
    private readonly hours: ChannelHours,
    private readonly clock: Clock,
  ) {}

  async execute({ decisionIds }: ListRetractionsInput): Promise<ListRetractionsResponse> {
    const found = await this.decisions.listSendable(decisionIds);
    const now = this.clock.now();
    const retractions = found.flatMap(({ decisionId, retractedReason, retractedAt }) =>
      retractedReason === undefined ? [] : [{ decisionId, reason: retractedReason, retractedAt }],
    );
    const ofPushes = await this.pushes.findStandings(found.flatMap(({ pushId }) => pushId ?? []));
    // What people work of a push stays theirs.
    const isCancelled = ({ pushId = '', queue }: (typeof found)[number]): boolean =>
      queue === '' && ofPushes.get(pushId)?.isCancelled === true;
    const held = found.filter(({ retractedReason }) => retractedReason === undefined);
    const cancelled = held
      .filter(isCancelled)
      .map(({ decisionId }) => ({ decisionId, reason: PUSH_CANCELLED, retractedAt: now }));
    const unretracted = held.filter((one) => !isCancelled(one));
    const of = (standing: Standing): typeof found =>
      unretracted.filter(({ strategyId }) => standingOf(this.strategies.find(strategyId), now) === standing);
    const stopped = of('stopped').map(({ decisionId }) => ({ decisionId, reason: STRATEGY_STOPPED, retractedAt: now }));
    const until = new Date(now.getTime() + PAUSED_MS);
    const paused = of('paused').map(({ decisionId }) => ({ decisionId, until }));
    const open = of('open');
    const quiet = await this.quietOf(open);
    return {
      retractions: [...retractions, ...cancelled, ...stopped],
      quietDecisions: [...paused, ...quiet],
      closings: await this.closingsOf(open, quiet),
    };
  }

  /** When what people may work now, or from when its channel opens, is quiet next. */
  private async closingsOf(open: readonly Worked[], quiet: readonly QuietDecision[]): Promise<ChannelClosing[]> {
    const untils = new Map(quiet.map(({ decisionId, until }) => [decisionId, until]));
    const worked = open.filter(({ decisionId }) => !untils.has(decisionId) || untils.get(decisionId) !== undefined);
    const closings = await this.hours.closingsOf(
      worked.map((decision) => ({ ...decision, from: untils.get(decision.decisionId) })),
    );
    return [...closings].map(([decisionId, quietFrom]) => ({ decisionId, quietFrom }));
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
