import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { createClient } from '@tidegate/grpc';
import { ServiceEnv } from '@tidegate/service';
import { asService } from './as-service';
import type { Objections } from './domain/objection';
import type { GateAnswer, ReminderDelivery } from './domain/reminder';

/** As many as arbitration answers at once. */
const ASKED_MAX = 500;
const DEADLINE_MS = 3_000;

/** What delivery asks arbitration, right before something leaves. */
@Injectable()
export class ArbitrationPeer implements OnModuleDestroy {
  private readonly client;

  constructor(env: ServiceEnv) {
    this.client = createClient(ArbitrationServiceService, env.peerUrl('arbitration'), { deadlineMs: DEADLINE_MS });
  }

  /** What speaks against sending these decisions now. @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async objectionsTo(decisionIds: readonly string[]): Promise<Objections> {
    const objections = { retractedReasons: new Map<string, string>(), quietUntil: new Map<string, Date | undefined>() };
    for (let from = 0; from < decisionIds.length; from += ASKED_MAX) {
      const asked = decisionIds.slice(from, from + ASKED_MAX);
      const { retractions, quietDecisions } = await asService(() =>
        this.client.listRetractions({ decisionIds: asked }),
      );
      for (const { decisionId, reason } of retractions) objections.retractedReasons.set(decisionId, reason);
      for (const { decisionId, until } of quietDecisions) objections.quietUntil.set(decisionId, until);
    }
    return objections;
  }

  /**
   * Whether reminders may go out now, by id; what may is counted as a contact, once however often it is asked.
   * @throws PEER_UNAVAILABLE, PEER_TIMED_OUT
   */
  async askReminders(reminders: readonly ReminderDelivery[]): Promise<Map<string, GateAnswer>> {
    const known = new Map<string, GateAnswer>();
    for (let from = 0; from < reminders.length; from += ASKED_MAX) {
      const contacts = reminders.slice(from, from + ASKED_MAX).map(({ deliveryId, customerId, channel, reminder }) => ({
        contactId: deliveryId,
        customerId,
        channel,
        usefulUntil: reminder.expiresAt,
      }));
      const { answers } = await asService(() => this.client.askServiceContacts({ contacts }));
      for (const { contactId, reason, queuedUntil } of answers) known.set(contactId, { reason, queuedUntil });
    }
    return known;
  }

  onModuleDestroy(): void {
    this.client.close();
  }
}
