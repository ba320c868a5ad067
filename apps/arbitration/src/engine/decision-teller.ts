import { Injectable } from '@nestjs/common';
import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionMade, type LeftCandidates } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { event, type Transaction } from '@tidegate/mongo';
import type { DecisionRecord } from '../domain/decision';
import { countLeft } from '../domain/left-candidates';
import { CandidateListRepository } from '../repositories/candidate-list.repository';
import { ChannelHours } from './channel-hours';
import { toDecisionEvents, toDecisionMessage } from './decision-message';

/** Tells of decisions, each once: with the candidates that its record keeps whole, and how many others there are. */
@Injectable()
export class DecisionTeller {
  constructor(
    private readonly lists: CandidateListRepository,
    private readonly hours: ChannelHours,
  ) {}

  /** Of commands that were just decided, those of one together. */
  tellFresh(commands: readonly (readonly DecisionRecord[])[], tx: Transaction): Promise<void> {
    return this.tell(commands.flat(), commands.flatMap(toDecisionEvents), tx);
  }

  /** Of decisions that waited. */
  tellLate(records: readonly DecisionRecord[], tx: Transaction): Promise<void> {
    return this.tell(records, records.map(toDecisionMessage), tx);
  }

  private async tell(
    records: readonly DecisionRecord[],
    decisions: readonly Decision[],
    tx: Transaction,
  ): Promise<void> {
    const listIds = records.flatMap(({ leftCandidates }) => leftCandidates?.listId ?? []);
    const lists = await this.lists.findMany(listIds, tx);
    const chosen = records.filter(({ reason }) => reason === 'CHOSEN');
    const closings = await this.hours.closingsOf(chosen.map((record) => ({ ...record, from: record.promisedAt })));
    for (const [index, decision] of decisions.entries()) {
      const record = records[index]!;
      const leftCandidates = leftOf(record, lists);
      const { orgPath } = record;
      const quietFrom = closings.get(record.decisionId);
      tx.emit(event(DecisionMade, decision.decisionId, { decision, leftCandidates, orgPath, quietFrom }));
    }
  }
}

type Lists = Awaited<ReturnType<CandidateListRepository['findMany']>>;

function leftOf({ leftCandidates }: DecisionRecord, lists: Lists): LeftCandidates[] {
  const list = leftCandidates && lists.get(leftCandidates.listId);
  if (leftCandidates === undefined || list === undefined) return [];
  const { strategyId, strategyVersion } = list;
  return countLeft(leftCandidates, list).map((count) => ({ strategyId, strategyVersion, ...count }));
}
