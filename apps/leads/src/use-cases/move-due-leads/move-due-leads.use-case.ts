import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { LeadDesk } from '../../desk/lead-desk';
import { LeadsConfig } from '../../leads.config';
import { LeadRepository } from '../../repositories/lead.repository';
import { SeatRepository } from '../../repositories/seat.repository';

const DUE_BATCH = 200;
const BATCHES_MAX = 50;
const FREE_SEATS_MAX = 1_000;

/**
 * What time alone does: offers run out, call-backs fall due, waiting ends. Every replica looks; the desk checks again in
 * its transaction, so each lead is moved once. It also brings together what a crash between two commits left apart.
 */
@Injectable()
export class MoveDueLeadsUseCase implements OnModuleInit {
  constructor(
    private readonly desk: LeadDesk,
    private readonly leads: LeadRepository,
    private readonly seats: SeatRepository,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
    private readonly config: LeadsConfig,
  ) {}

  onModuleInit(): void {
    this.tasks.every(this.config.dueEveryMs, 'due-leads', () => this.execute());
    this.tasks.every(this.config.backlogEveryMs, 'lead-backlog', () => this.drainBacklog());
  }

  async execute(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const leadIds = await this.leads.listDue(this.clock.now(), DUE_BATCH);
      if (leadIds.length === 0) return;
      await this.desk.submit({ kind: 'time-up', leadIds });
    }
  }

  /** Normally there is nothing: every change feeds its own queue. */
  async drainBacklog(): Promise<void> {
    const queues = await this.seats.listQueuesOfFree(FREE_SEATS_MAX);
    const hungry: string[] = [];
    for (const queue of queues) if (await this.leads.hasWaiting(queue)) hungry.push(queue);
    if (hungry.length > 0) await this.desk.feed(hungry);
  }
}
