import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { SubsidyRepository, type ReversalFact } from '../../repositories/subsidy.repository';
import { SubsidyReversals } from '../../subsidy-reversals';

/** Takes subsidies back when redemptions are reversed; a reversal that is heard of first waits for its redemption. */
@Injectable()
export class RecordReversalsUseCase {
  constructor(
    private readonly reversals: SubsidyReversals,
    private readonly subsidies: SubsidyRepository,
    private readonly clock: Clock,
  ) {}

  async execute(reversals: readonly ReversalFact[], tx: Transaction): Promise<void> {
    const missing = await this.reversals.apply(reversals, tx);
    await this.subsidies.addEarly(missing, this.clock.now(), tx);
  }
}
