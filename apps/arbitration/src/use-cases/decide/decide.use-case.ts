import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { GroupCommitter, hashInput, Mongo, type Settled, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { DecisionRecord } from '../../domain/decision';
import { CustomerWriter } from '../../engine/customer-writer';
import { derivedId, type DecisionCommand } from '../../engine/decision-command';
import { DecisionEngine } from '../../engine/decision-engine';
import { Previewer } from '../../engine/previewer';
import { StrategyCatalogue } from '../../engine/strategy-catalogue';
import type { DecideInput } from './decide.request';

/**
 * Pull: next best actions for one customer, on the channels that can show something now. Concurrent pulls are gathered and committed as one
 * transaction (ADR 0002); a lone one is committed at once.
 */
@Injectable()
export class DecideUseCase {
  private readonly committer: GroupCommitter<DecisionCommand, DecisionRecord[]>;
  /** Commands that a transaction was tried with; a lone first try need not look for an earlier answer. */
  private readonly tried = new WeakSet<DecisionCommand>();

  constructor(
    mongo: Mongo,
    private readonly engine: DecisionEngine,
    private readonly strategies: StrategyCatalogue,
    private readonly writer: CustomerWriter,
    private readonly previewer: Previewer,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'decide',
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /** @throws CUSTOMER_UNKNOWN, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute(input: DecideInput, actor: Actor): Promise<DecisionRecord[]> {
    const { requestId, customerId, channels, isCommitted, isNonPersonalised = false, context = {} } = input;
    const maxActions = input.maxActions || 1;
    await this.writer.settled(customerId);
    const asked = { channels, maxActions, context, ...(isNonPersonalised && { isNonPersonalised }) };
    const command: DecisionCommand = {
      customerId,
      mode: 'pull',
      requestId,
      // A preview is not stored, so it needs neither an id nor a way to know it again.
      decisionIdOf: (index) => (isCommitted ? derivedId('pull', customerId, requestId, index) : customerId),
      inputHash: isCommitted ? hashInput(asked) : '',
      isNonPersonalised,
      moment: typeof context.moment === 'string' ? context.moment : '',
      candidates: this.strategies.pullCandidates(channels),
      maxActions,
      fact: context,
      authorize: (orgPath) => requireOrgScope(actor, orgPath),
    };
    return isCommitted ? this.committer.submit(command) : this.preview(command, input.isBrief ?? false);
  }

  private commit(commands: DecisionCommand[], tx: Transaction): Promise<Settled<DecisionRecord[]>[]> {
    const mayRepeat = commands.some((command) => this.tried.has(command));
    for (const command of commands) this.tried.add(command);
    return this.engine.decideAll(commands, { capacitySlot: '', mayRepeat }, tx);
  }

  private async preview(command: DecisionCommand, isBrief: boolean): Promise<DecisionRecord[]> {
    const decisions = await this.previewer.preview(command, isBrief);
    // Nothing was stored, so there is nothing to look up.
    return decisions.map((decision) => Object.assign(decision, { decisionId: '', reservation: 'none' }));
  }
}
