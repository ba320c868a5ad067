import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { LeadMaker, type ToldDecision } from '../../desk/lead-maker';

/** Makes one lead of each decision that asks for a person, however often and in what order it is told. */
@Injectable()
export class CreateLeadsUseCase {
  constructor(private readonly maker: LeadMaker) {}

  /** @throws QUEUE_NOT_FOUND when a decision names a queue that is not set up; it waits in the dead letters until it is */
  async execute(decisions: readonly ToldDecision[], tx: Transaction): Promise<void> {
    await this.maker.makeAll(decisions, tx);
  }
}
