import { Injectable } from '@nestjs/common';
import { ledgerCheckNotFound, type LedgerCheck } from '../../domain/ledger-check';
import { LedgerCheckRepository } from '../../repositories/ledger-check.repository';

/** State, progress and differences of a check. */
@Injectable()
export class GetLedgerCheckUseCase {
  constructor(private readonly checks: LedgerCheckRepository) {}

  /** @throws LEDGER_CHECK_NOT_FOUND */
  async execute(checkId: string): Promise<LedgerCheck> {
    const check = await this.checks.find(checkId);
    if (!check) throw ledgerCheckNotFound();
    return check;
  }
}
