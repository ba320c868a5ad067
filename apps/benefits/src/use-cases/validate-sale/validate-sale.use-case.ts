import { Injectable } from '@nestjs/common';
import type { Instance } from '../../domain/instance';
import { CodeNumbers } from '../../till/code-numbers';
import { TillCommitter } from '../../till/till-committer';
import type { SaleInput } from '../hold-benefit/hold-benefit.request';

/** Says what a sale would take of its benefits 验券; nothing is changed, and the code stays good. */
@Injectable()
export class ValidateSaleUseCase {
  constructor(
    private readonly till: TillCommitter,
    private readonly numbers: CodeNumbers,
  ) {}

  /** @throws as HoldBenefitUseCase */
  async execute({
    items,
    outletPath = '',
    ...asked
  }: SaleInput): Promise<{ instances: Instance[]; amountMinor: number }> {
    return this.till.preview(await this.numbers.resolve(items), { ...asked, outletPath });
  }
}
