import { Injectable } from '@nestjs/common';
import { GroupCommitter, Mongo, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { toDeliveryEvents } from '../../delivery-events';
import { dropQuiet, postpone, recordAttempt, retract, type AttemptResult, type Delivery } from '../../domain/delivery';
import type { Objection } from '../../domain/objection';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import { WebhookEndpointRepository } from '../../repositories/webhook-endpoint.repository';

export type AttemptReport = { deliveryId: string; leaseId: string } & (
  { kind: 'tried'; result: AttemptResult; jitter: number } | Objection
);

/** Writes down what attempts came to, those that end together in one commit. */
@Injectable()
export class AttemptRecorder {
  private readonly committer: GroupCommitter<AttemptReport, void>;

  constructor(
    mongo: Mongo,
    private readonly deliveries: DeliveryRepository,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'webhook-attempts',
      commit: (reports, tx) => this.commit(reports, tx),
    });
  }

  record(report: AttemptReport): Promise<void> {
    return this.committer.submit(report);
  }

  private async commit(reports: AttemptReport[], tx: Transaction): Promise<Settled<void>[]> {
    const now = this.clock.now();
    const found = await this.deliveries.findMany([...new Set(reports.map(({ deliveryId }) => deliveryId))], tx);
    const changed = new Map<string, Delivery>();
    const gone = new Set<string>();
    for (const report of reports) {
      const before = changed.get(report.deliveryId) ?? found.get(report.deliveryId);
      if (!before) continue;
      const after = follow(before, report, now);
      if (!after) continue;
      changed.set(report.deliveryId, after);
      if (report.kind === 'tried' && report.result.isFinal) gone.add(before.endpointId);
    }
    await this.deliveries.saveMany([...changed.values()], tx);
    await this.endpoints.deactivate([...gone], tx);
    for (const outgoing of toDeliveryEvents([...changed.values()])) tx.emit(outgoing);
    return reports.map(() => ({ value: undefined }));
  }
}

function follow(delivery: Delivery, report: AttemptReport, now: Date): Delivery | undefined {
  switch (report.kind) {
    case 'postponed':
      return postpone(delivery, report.leaseId, report.until);
    case 'quiet':
      return dropQuiet(delivery, report.leaseId, now);
    case 'retracted':
      return retract(delivery, report.reason, now);
    case 'tried':
      return recordAttempt(delivery, report.leaseId, report.result, now, report.jitter);
  }
}
