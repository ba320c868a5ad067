import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { requireOrgScope, requireSelf } from '@tidegate/grpc';
import { GroupCommitter, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import type { DecisionRecord } from '../../domain/decision';
import { OutcomeRecorder, type ToldOutcome } from '../../engine/outcome-recorder';
import type { RecordOutcomeInput } from './record-outcome.request';

/** Clocks of other machines may run ahead by so much. */
const AHEAD_MS_MAX = 60_000;

/** Records what came of a decision. Once per decision and outcome, so a repeat is safe whatever its request id. */
@Injectable()
export class RecordOutcomeUseCase {
  private readonly committer: GroupCommitter<ToldOutcome, DecisionRecord>;

  constructor(
    mongo: Mongo,
    recorder: OutcomeRecorder,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'outcome',
      commit: (told, tx) => recorder.recordAll(told, tx),
    });
  }

  /** @throws DECISION_NOT_FOUND, NOT_YOURS, ORG_OUT_OF_SCOPE, VALIDATION_FAILED */
  async execute(input: RecordOutcomeInput, actor: Actor): Promise<DecisionRecord> {
    const now = this.clock.now();
    const at = input.occurredAt ?? now;
    if (at.getTime() > now.getTime() + AHEAD_MS_MAX) {
      throw invalid([{ field: 'occurredAt', description: 'must not be in the future' }]);
    }
    return this.committer.submit({
      decisionId: input.decisionId,
      outcome: input.outcome,
      at,
      authorize: ({ customerId, orgPath }) => {
        requireSelf(actor, customerId);
        requireOrgScope(actor, orgPath);
      },
    });
  }
}
