import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Mongo, newId } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { startLedgerCheck, type LedgerCheck } from '../../domain/ledger-check';
import { LedgerCheckWorker } from '../../ledger-check.worker';
import { LedgerCheckRepository } from '../../repositories/ledger-check.repository';
import type { StartLedgerCheckInput } from './start-ledger-check.request';

/** Takes a check of the whole ledger in, to be worked in the background; one at a time. */
@Injectable()
export class StartLedgerCheckUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly checks: LedgerCheckRepository,
    private readonly worker: LedgerCheckWorker,
    private readonly clock: Clock,
  ) {}

  /** @throws LEDGER_CHECK_RUNNING, REQUEST_ID_REUSED */
  async execute({ requestId }: StartLedgerCheckInput, startedBy: string): Promise<LedgerCheck> {
    const check = await this.mongo.once(
      { scope: 'start-ledger-check', requestId, input: { startedBy } },
      async (tx) => {
        const checkId = await this.checks.findRunningId(tx);
        if (checkId !== undefined) {
          throw refused('LEDGER_CHECK_RUNNING', 'A check of the ledger is under way.', { checkId });
        }
        const started = startLedgerCheck(newId(), startedBy, this.clock.now());
        await this.checks.add(started, tx);
        return started;
      },
    );
    this.worker.wake();
    return check;
  }
}
