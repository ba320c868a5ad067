import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { cancelLedgerCheck, ledgerCheckNotFound, type LedgerCheck } from '../../domain/ledger-check';
import { LedgerCheckRepository } from '../../repositories/ledger-check.repository';

/** Stops a check. A repeat changes nothing. */
@Injectable()
export class CancelLedgerCheckUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly checks: LedgerCheckRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws LEDGER_CHECK_NOT_FOUND, LEDGER_CHECK_FINISHED */
  execute(checkId: string): Promise<LedgerCheck> {
    return this.mongo.transaction(async (tx) => {
      const check = await this.checks.find(checkId, tx);
      if (!check) throw ledgerCheckNotFound();
      const cancelled = cancelLedgerCheck(check, this.clock.now());
      if (cancelled !== check) await this.checks.save(cancelled, tx);
      return cancelled;
    });
  }
}
