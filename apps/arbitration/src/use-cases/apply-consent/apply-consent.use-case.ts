import { Injectable } from '@nestjs/common';
import { applyConsent } from '../../domain/customer-projection';
import { CustomerWriter } from '../../engine/customer-writer';
import type { ApplyConsentInput } from './apply-consent.request';

/** Writes a consent through: it holds for every decision made after this returned. */
@Injectable()
export class ApplyConsentUseCase {
  constructor(private readonly writer: CustomerWriter) {}

  async execute({ customerId, ...consent }: ApplyConsentInput): Promise<void> {
    await this.writer.change(customerId, (state) => applyConsent(state, consent));
  }
}
