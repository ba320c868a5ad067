import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../../merchants.config';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { readableBatch } from '../../batch-access';
import { statementCsv } from '../../documents/statement-csv';
import { statementPdf } from '../../documents/statement-pdf';
import { BatchRepository } from '../../repositories/batch.repository';
import { StatementLineRepository } from '../../repositories/statement-line.repository';
import type { GetStatementFileInput } from './get-statement-file.request';

/** A batch's whole statement 对账单 as a file. */
@Injectable()
export class GetStatementFileUseCase {
  constructor(
    private readonly batches: BatchRepository,
    private readonly lines: StatementLineRepository,
    private readonly merchants: MerchantRepository,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  /** @throws BATCH_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE */
  async execute(
    { batchId, format }: GetStatementFileInput,
    actor: Actor,
  ): Promise<{ fileName: string; content: Buffer }> {
    const batch = readableBatch(await this.batches.find(batchId), actor);
    const lines = await this.lines.listAll(batchId);
    const fileName = `statement-${batchId}.${format}`;
    if (format === 'csv') return { fileName, content: statementCsv(lines) };
    const merchant = await this.merchants.findMerchant(batch.merchantId);
    const merchantName = merchant?.name ?? batch.merchantId;
    const { timeZone, debtor } = this.config;
    const content = await statementPdf({ batch, lines, merchantName, bankName: debtor.name, timeZone });
    return { fileName, content };
  }
}
