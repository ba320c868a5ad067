import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { GroupCommitter, hashInput, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { DecisionRecord } from '../../domain/decision';
import { derivedId, type DecisionCommand } from '../../engine/decision-command';
import { DecisionEngine } from '../../engine/decision-engine';
import { StrategyCatalogue } from '../../engine/strategy-catalogue';
import type { DecideInput } from './decide.request';

/** The current slot of each queue. */
const CURRENT = { capacitySlot: '' };

/**
 * Pull: next best actions for one customer, on the channels that can show something now. Concurrent pulls are gathered and committed as one
 * transaction (ADR 0002); a lone one is committed at once.
 */
@Injectable()
export class DecideUseCase {
  private readonly committer: GroupCommitter<DecisionCommand, DecisionRecord[]>;

  constructor(
    mongo: Mongo,
    private readonly engine: DecisionEngine,
    private readonly strategies: StrategyCatalogue,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'decide',
      commit: (commands, tx) => this.engine.decideAll(commands, CURRENT, tx),
    });
  }

  /** @throws CUSTOMER_UNKNOWN, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute(input: DecideInput, actor: Actor): Promise<DecisionRecord[]> {
    const { requestId, customerId, channels, isCommitted, context = {} } = input;
    const maxActions = input.maxActions || 1;
    const command: DecisionCommand = {
      customerId,
      mode: 'pull',
      decisionIdOf: (index) => derivedId('pull', customerId, requestId, index),
      inputHash: hashInput({ channels, maxActions, context }),
      candidates: this.strategies.pullCandidates(channels),
      maxActions,
      fact: context,
      authorize: (orgPath) => requireOrgScope(actor, orgPath),
    };
    return isCommitted ? this.committer.submit(command) : this.preview(command);
  }

  private async preview(command: DecisionCommand): Promise<DecisionRecord[]> {
    const [settled] = await this.engine.decideAll([command], CURRENT);
    if (settled === undefined || 'error' in settled) throw settled?.error ?? new Error('a preview was left unanswered');
    // Nothing was stored, so there is nothing to look up.
    return settled.value.map((decision) => ({ ...decision, decisionId: '', reservation: 'none' }));
  }
}
