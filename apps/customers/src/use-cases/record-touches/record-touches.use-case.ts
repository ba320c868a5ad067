import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { Touch } from '../../domain/touch';
import { TimelineRepository } from '../../repositories/timeline.repository';

/** Keeps what the bank did with its customers, for the timeline. */
@Injectable()
export class RecordTouchesUseCase {
  constructor(private readonly timeline: TimelineRepository) {}

  async execute(touches: readonly Touch[], tx: Transaction): Promise<void> {
    await this.timeline.addMany(touches, tx);
  }
}
