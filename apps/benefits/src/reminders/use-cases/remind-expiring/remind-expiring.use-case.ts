import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { InstanceRepository, type ExpiringInstance } from '../../../repositories/instance.repository';
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
/** Read at once, because what a long stretch of the index costs is its reading. */
const ROUND_MAX = 4_000;
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
    const due = await this.instances.listExpiring(REMINDED_STATES, { after, until, limit: ROUND_MAX });
    // Nobody who claims later is reminded of what is due by now, so the cursor may stay.
    if (due.length === 0) return;
    const last = due.length === ROUND_MAX ? due.at(-1) : undefined;
    const end = last ? cursorAt(leadDays, last) : { leadDays, expiresAt: until, instanceId: '' };
    await this.tellAll(await this.chooseReminded(due, leadDays), after, end);
  }

  /** In batches, each with the step of the cursor that covers it; the last one goes to the end. */
  private async tellAll(due: ExpiringInstance[], from: ReminderCursor, end: ReminderCursor): Promise<void> {
    let after = from;
    for (let index = 0; index === 0 || index < due.length; index += BATCH_MAX) {
      const batch = due.slice(index, index + BATCH_MAX);
      const isLast = index + BATCH_MAX >= due.length;
      const to = isLast ? end : cursorAt(end.leadDays, batch.at(-1)!);
      const step = { after, to };
      if (!(await this.mongo.transaction((tx) => this.tell(batch, step, tx)))) return;
      after = to;
    }
  }

  private async chooseReminded(due: ExpiringInstance[], leadDays: number): Promise<ExpiringInstance[]> {
    const chosen: ExpiringInstance[] = [];
    for (const instance of due) {
      if (isReminded(instance, await this.catalogue.get(instance.stockId), leadDays)) chosen.push(instance);
    }
    return chosen;
  }

  private begin(cursor: ReminderCursor): Promise<void> {
    return this.mongo.transaction(async (tx) => {
      if (!(await this.cursors.find(cursor.leadDays, tx))) await this.cursors.add(cursor, tx);
    });
  }

  /** False when another replica has told of them. */
  private async tell(
    due: ExpiringInstance[],
    { after, to }: { after: ReminderCursor; to: ReminderCursor },
    tx: Transaction,
  ): Promise<boolean> {
    const stands = await this.cursors.find(to.leadDays, tx);
    if (stands?.expiresAt.getTime() !== after.expiresAt.getTime() || stands.instanceId !== after.instanceId)
      return false;
    await this.cursors.save(to, tx);
    const ids = due.map(({ instanceId }) => instanceId);
    for (const instance of (await this.instances.findMany(ids, tx)).values()) {
      if (!REMINDED_STATES.includes(instance.state)) continue;
      const stock = await this.catalogue.get(instance.stockId);
      tx.emit(event(BenefitExpiring, instance.instanceId, toExpiring(instance, stock, to.leadDays)));
    }
    return true;
  }
}

const cursorAt = (leadDays: number, { expiresAt, instanceId }: ExpiringInstance): ReminderCursor => ({
  leadDays,
  expiresAt,
  instanceId,
});
