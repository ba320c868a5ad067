import { Injectable } from '@nestjs/common';
import { applyHold } from '../../domain/customer-projection';
import { CustomerWriter } from '../../engine/customer-writer';
import type { ApplyHoldInput } from './apply-hold.request';

/** Writes the complaint hold through: promotion has stopped when this returned. */
@Injectable()
export class ApplyHoldUseCase {
  constructor(private readonly writer: CustomerWriter) {}

  async execute({ customerId, hasComplaintHold, version }: ApplyHoldInput): Promise<void> {
    await this.writer.change(customerId, (state) => applyHold(state, { isOn: hasComplaintHold, version }));
  }
}
