import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { asPerson } from '../domain/customer-state';
import type { DecisionRecord } from '../domain/decision';
import { withMoved } from '../domain/promised-contact';
import { droppedRecord, judgeQueued, letOut, putOff } from '../domain/queued-decision';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { DecisionRepository } from '../repositories/decision.repository';
import { PushRepository, type PushStanding } from '../repositories/push.repository';
import { DecisionTeller } from './decision-teller';
import { OutcomeRecorder } from './outcome-recorder';
import { PolicyHolder } from './policy-holder';
import { StrategyCatalogue } from './strategy-catalogue';

/** Decisions that wait for the end of quiet hours. */
@Injectable()
export class QueuedDecisions {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly pushes: PushRepository,
    private readonly customers: CustomerStateRepository,
    private readonly strategies: StrategyCatalogue,
    private readonly policies: PolicyHolder,
    private readonly recorder: OutcomeRecorder,
    private readonly teller: DecisionTeller,
    private readonly clock: Clock,
  ) {}

  /** Those that are due, or whose push was cancelled: judges each anew and tells of it: as chosen, or with the reason that speaks against it by now, its reservation freed. */
  async settle(decisionIds: readonly string[], tx: Transaction): Promise<void> {
    const situation = this.policies.situation(this.clock.now());
    const { now } = situation;
    const queued = [...(await this.decisions.findMany(decisionIds, tx)).values()].filter(isQueued);
    const pushes = await this.pushes.findStandings(
      queued.flatMap(({ push }) => push?.pushId ?? []),
      tx,
    );
    const pushOf = ({ push }: DecisionRecord): PushStanding | undefined => (push ? pushes.get(push.pushId) : undefined);
    const records = queued.filter((one) => one.queuedUntil <= now || pushOf(one)?.isCancelled);
    const customers = await this.customers.findPersons(
      records.map(({ customerId }) => customerId),
      tx,
    );
    const settled: DecisionRecord[] = [];
    const dropped: DecisionRecord[] = [];
    const ended: DecisionRecord[] = [];
    for (const record of records) {
      if (record.reservation !== 'reserved') {
        // Given up meanwhile: there is nothing to tell.
        ended.push({ ...record, queuedUntil: null });
        continue;
      }
      const strategy = this.strategies.find(record.strategyId);
      const customer = customers.get(record.customerId);
      const parties = {
        customer: customer && asPerson(customer, customers),
        strategy,
        listOrgPath: record.push === null ? undefined : (pushOf(record)?.orgPath ?? strategy?.orgPath),
        isCancelled: pushOf(record)?.isCancelled,
      };
      const verdict = judgeQueued(record, parties, situation);
      if (verdict.kind === 'drop') {
        dropped.push(droppedRecord(record, verdict.reason));
        continue;
      }
      const next = verdict.kind === 'wait' ? putOff(record, verdict.until, situation) : letOut(record, situation);
      settled.push(next);
      // Seen by those judged after it.
      if (customer) customers.set(record.customerId, withMoved(customer, new Map([[next.decisionId, next]]), now));
    }
    const moved = new Set(settled.map(({ customerId }) => customerId));
    const changed = [...moved].flatMap((customerId) => customers.get(customerId) ?? []);
    await this.customers.saveMany(changed, 'contacts', tx);
    const freed = await this.recorder.freeAll(dropped, tx);
    const judged = [...settled, ...freed];
    await this.decisions.saveSettled([...judged, ...ended], tx);
    await this.teller.tellLate(
      judged.filter(({ queuedUntil }) => queuedUntil === null),
      tx,
    );
  }
}

const isQueued = (record: DecisionRecord): record is DecisionRecord & { queuedUntil: Date } =>
  record.queuedUntil != null;
