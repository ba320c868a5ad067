import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { newTouches, type ListTouch } from '../../domain/list-touch';
import { ListTouchRepository } from '../../repositories/list-touch.repository';

/** Keeps when a person last had a customer in hand, however often and in what order it is told. */
@Injectable()
export class RecordTouchesUseCase {
  constructor(private readonly touches: ListTouchRepository) {}

  async execute(news: readonly ListTouch[], tx: Transaction): Promise<void> {
    if (news.length === 0) return;
    const known = await this.touches.findMany(news, tx);
    await this.touches.saveMany(newTouches(known, news), tx);
  }
}
