import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import type { Instance } from '../../../domain/instance';
import { InstanceRepository } from '../../../repositories/instance.repository';
import { StockCatalogue } from '../../../repositories/stock-catalogue';
import {
  dueUntil,
  firstCursor,
  isReminded,
  REMINDED_STATES,
  REMINDER_LEAD_DAYS,
  toExpiring,
  type ReminderCursor,
} from '../../domain/expiry-reminder';
import { ReminderCursorRepository } from '../../repositories/reminder-cursor.repository';

const EVERY_MS = 10_000;
const BATCH_MAX = 200;

/**
 * Tells of benefits that expire soon 到期提醒, each once for each of its stock's lead times. A cursor for each lead time moves over
 * what expires, in the transaction of the events: a restart goes on where it stood, and of two replicas one moves it.
 */
@Injectable()
export class RemindExpiringUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly cursors: ReminderCursorRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'remind-expiring', () => this.execute());
  }

  /** One bounded round for each lead time; what is left comes in the next. */
  async execute(): Promise<void> {
    for (const leadDays of REMINDER_LEAD_DAYS) await this.remind(leadDays);
  }

  private async remind(leadDays: number): Promise<void> {
    const now = this.clock.now();
    const until = dueUntil(leadDays, now);
    const after = await this.cursors.find(leadDays);
    if (!after) return this.begin(firstCursor(leadDays, now));
    if (after.expiresAt >= until) return;
    const due = await this.instances.listExpiring(REMINDED_STATES, { after, until, limit: BATCH_MAX });
    // Nobody who claims later is reminded of what is due by now, so the cursor may stay.
    if (due.length === 0) return;
    const last = due.length === BATCH_MAX ? due.at(-1) : undefined;
    const { expiresAt, instanceId } = last ?? { expiresAt: until, instanceId: '' };
    await this.mongo.transaction((tx) => this.tell(due, { after, to: { leadDays, expiresAt, instanceId } }, tx));
  }

  private begin(cursor: ReminderCursor): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      if (!(await this.cursors.find(cursor.leadDays, tx))) await this.cursors.add(cursor, tx);
    });
  }

  private async tell(
    due: Instance[],
    { after, to }: { after: ReminderCursor; to: ReminderCursor },
    tx: Transaction,
  ): Promise<void> {
    const stands = await this.cursors.find(to.leadDays, tx);
    // Another replica has told of them.
    if (stands?.expiresAt.getTime() !== after.expiresAt.getTime() || stands.instanceId !== after.instanceId) return;
    await this.cursors.save(to, tx);
    const ids = due.map(({ instanceId }) => instanceId);
    for (const instance of (await this.instances.findMany(ids, tx)).values()) {
      if (!REMINDED_STATES.includes(instance.state)) continue;
      const stock = await this.catalogue.get(instance.stockId);
      if (!isReminded(instance, stock, to.leadDays)) continue;
      tx.emit(event(BenefitExpiring, instance.instanceId, toExpiring(instance, stock, to.leadDays)));
    }
  }
}
