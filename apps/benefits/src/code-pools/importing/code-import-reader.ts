import { Injectable } from '@nestjs/common';
import { StockReplenished } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { ImportReader, NumberedLine } from '@tidegate/imports';
import { event, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { StockRepository } from '../../repositories/stock.repository';
import { availableCount } from '../domain/code-pool';
import { joinRanges } from '../domain/code-range';
import { CodeImportRepository } from '../repositories/code-import.repository';
import { CodePoolRepository } from '../repositories/code-pool.repository';
import { PoolCodeRepository } from '../repositories/pool-code.repository';
import { readCodes, withoutDuplicates } from './code-batch';
import type { CodeImport } from './code-import';

/** Writes a batch of lines: codes behind those the pool has, and refusals. */
@Injectable()
export class CodeImportReader implements ImportReader<CodeImport> {
  constructor(
    private readonly imports: CodeImportRepository,
    private readonly pools: CodePoolRepository,
    private readonly codes: PoolCodeRepository,
    private readonly stocks: StockRepository,
    private readonly clock: Clock,
  ) {}

  missingColumns({ codeColumn, secretColumn }: CodeImport, columns: string[]): string[] {
    return [codeColumn, ...(secretColumn ? [secretColumn] : [])].filter((column) => !columns.includes(column));
  }

  async write(job: CodeImport, lines: readonly NumberedLine[], tx: Transaction): Promise<CodeImport> {
    const read = readCodes(job, lines, await this.codes.digester(job.providerId, tx));
    const digests = read.fresh.map(({ digest }) => digest);
    const batch = withoutDuplicates(read, await this.codes.findSources(digests, tx));
    const counts = await this.pools.getCounts(job.poolId, tx);
    const added = { from: counts.importedCount, to: counts.importedCount + batch.fresh.length };
    await this.codes.addMany(job.poolId, added.from, batch.fresh, tx);
    await this.pools.saveImportedCount(job.poolId, added.to, tx);
    await this.imports.addRefusals(job.importId, batch.refusals, tx);
    if (availableCount(counts) === 0 && batch.fresh.length > 0) await this.tellReplenished(job.poolId, tx);
    return {
      ...job,
      ...(job.ranges && { ranges: joinRanges([...job.ranges, added]) }),
      importedCount: job.importedCount + batch.fresh.length,
      duplicateCount: job.duplicateCount + batch.duplicateCount,
      refusedCount: job.refusedCount + batch.refusals.length,
    };
  }

  /** Whoever knows its stocks as empty asks again. */
  private async tellReplenished(poolId: string, tx: Transaction): Promise<void> {
    const replenishedAt = this.clock.now();
    for (const stockId of await this.stocks.listIdsOfPool(poolId, tx)) {
      tx.emit(event(StockReplenished, stockId, { stockId, replenishedAt }));
    }
  }

  /** An import that leaves the pool low did not fall below its threshold, so it is told here. */
  async completed(job: CodeImport, tx: Transaction): Promise<void> {
    const pool = await this.pools.get(job.poolId, tx);
    const available = availableCount(await this.pools.getCounts(job.poolId, tx));
    if (available < pool.alarmBelowCount) await this.pools.raiseAlarm(pool, pool.alarmBelowCount, available, tx);
  }
}
