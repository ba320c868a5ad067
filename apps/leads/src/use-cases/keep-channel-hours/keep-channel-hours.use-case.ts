import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  ArbitrationServiceService,
  ListRetractionsResponse,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import type { Client } from '@tidegate/grpc';
import { logger } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { LeadDesk } from '../../desk/lead-desk';
import type { Hours } from '../../domain/channel-hours';
import { STRATEGY_STOPPED } from '../../domain/strategy-state';
import { LeadsConfig } from '../../leads.config';
import { ARBITRATION_CLIENT, asService } from '../../leads.peers';
import { LeadRepository } from '../../repositories/lead.repository';
import { StrategyStateRepository } from '../../repositories/strategy-state.repository';

/** As many as arbitration answers at once. */
const ASKED_MAX = 500;
const BATCHES_MAX = 20;

const log = logger('channel-hours');

/**
 * Asks about waiting leads whose channel closed since they were decided: they wait until it opens, or end where the policy discards. Until it is known
 * they are offered to nobody.
 */
@Injectable()
export class KeepChannelHoursUseCase implements OnModuleInit {
  constructor(
    private readonly desk: LeadDesk,
    private readonly leads: LeadRepository,
    private readonly strategies: StrategyStateRepository,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: Client<typeof ArbitrationServiceService>,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
    private readonly config: LeadsConfig,
  ) {}

  onModuleInit(): void {
    this.tasks.every(this.config.dueEveryMs, 'channel-hours', () => this.execute());
  }

  async execute(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const held = await this.strategies.listHeld();
      const asked = await this.leads.listToAsk(this.clock.now(), held, ASKED_MAX);
      if (asked.length === 0) return;
      const answer = await this.ask(asked.map(({ decisionId }) => decisionId));
      if (answer === undefined) return;
      const { hours, stopped } = judged(asked, answer);
      if (hours.size > 0) await this.desk.submit({ kind: 'hours', hours });
      if (stopped.length > 0) await this.desk.submit({ kind: 'stop', leadIds: stopped });
      // The rest was retracted: the event is on its way.
      if (hours.size + stopped.length < ASKED_MAX) return;
    }
  }

  private async ask(decisionIds: string[]): Promise<ListRetractionsResponse | undefined> {
    try {
      return await asService(() => this.arbitration.listRetractions({ decisionIds }));
    } catch (err) {
      log.warn({ err }, 'it cannot be asked which channels are quiet; leads wait');
      return undefined;
    }
  }
}

/** What was heard of leads that may go on, and those whose strategy is over. */
function judged(
  asked: readonly { leadId: string; decisionId: string }[],
  { retractions, quietDecisions, closings }: ListRetractionsResponse,
): { hours: Map<string, Hours>; stopped: string[] } {
  const reasons = new Map(retractions.map(({ decisionId, reason }) => [decisionId, reason]));
  const untils = new Map(quietDecisions.map(({ decisionId, until }) => [decisionId, until]));
  const closingOf = new Map(closings.map(({ decisionId, quietFrom }) => [decisionId, quietFrom]));
  const hours = new Map<string, Hours>();
  const stopped: string[] = [];
  for (const { leadId, decisionId } of asked) {
    const reason = reasons.get(decisionId);
    if (reason === STRATEGY_STOPPED) stopped.push(leadId);
    if (reason !== undefined) continue;
    const quietFrom = closingOf.get(decisionId);
    const until = untils.get(decisionId);
    if (until) hours.set(leadId, { kind: 'quiet', until, quietFrom });
    else hours.set(leadId, { kind: untils.has(decisionId) ? 'discarded' : 'open', quietFrom });
  }
  return { hours, stopped };
}
