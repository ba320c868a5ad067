import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import { counter, logger } from '@tidegate/observability';
import { Clock, PeriodicTasks, ServiceEnv } from '@tidegate/service';
import { ArbitrationPeer } from '../../arbitration-peer';
import { DeliveryConfig } from '../../delivery.config';
import { Circuit } from '../../domain/circuit';
import { claim, type AttemptResult, type Delivery } from '../../domain/delivery';
import { objectionTo, type Objections } from '../../domain/objection';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import { WebhookEndpointRepository } from '../../repositories/webhook-endpoint.repository';
import { unseal } from '../../senders/secret-box';
import { WebhookClient } from '../../senders/webhook-client';
import { AttemptRecorder, type AttemptReport } from './attempt-recorder';

const IN_FLIGHT_MAX = 32;
const IN_FLIGHT_PER_ENDPOINT_MAX = 8;
/** Due deliveries looked at in one round; more than can be sent, because some endpoints may be busy. */
const DUE_MAX = 256;
const STOP_MS_MAX = 4_000;
/** How long webhooks wait when arbitration cannot be asked. */
const UNASKED_MS = 5_000;

const attempts = counter('webhook_attempts_total', 'Webhook attempts by result', ['result']);
const log = logger('webhooks');

/**
 * Sends due webhooks. An attempt is claimed with a lease before it is sent, so two replicas never make the same one. A
 * crash between sending and writing it down lets the lease run out and sends again with the same webhook-id: at least once
 * on the wire, once for a receiver that drops ids that it knows.
 */
@Injectable()
export class SendWebhooksUseCase implements OnModuleInit, OnModuleDestroy {
  private readonly circuits = new Map<string, Circuit>();
  private readonly inFlight = new Map<string, { endpointId: string; done: Promise<void> }>();

  constructor(
    private readonly mongo: Mongo,
    private readonly deliveries: DeliveryRepository,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly client: WebhookClient,
    private readonly recorder: AttemptRecorder,
    private readonly arbitration: ArbitrationPeer,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
    private readonly env: ServiceEnv,
    private readonly config: DeliveryConfig,
  ) {}

  onModuleInit(): void {
    this.tasks.every(this.config.dueEveryMs, 'due-webhooks', () => this.execute());
  }

  /** Lets the attempts under way end, so that what was sent is also written down; what takes longer is made again. */
  async onModuleDestroy(): Promise<void> {
    await Promise.race([this.settle(), delay(STOP_MS_MAX, undefined, { ref: false })]);
    await this.client.close();
  }

  /** Claims what is due and begins to send it; a slow receiver does not hold up the next round. */
  async execute(): Promise<void> {
    const room = IN_FLIGHT_MAX - this.inFlight.size;
    if (room <= 0) return;
    const now = this.clock.now();
    const due = await this.deliveries.listDue(now, DUE_MAX);
    const chosen = this.withinLimits(due).slice(0, room);
    if (chosen.length === 0) return;
    const claimed = await this.claimAll(chosen, now);
    const allowed = await this.withoutObjections(claimed);
    const endpoints = await this.endpoints.findMany([...new Set(allowed.map(({ endpointId }) => endpointId))]);
    for (const delivery of allowed) this.begin(delivery, endpoints.get(delivery.endpointId));
  }

  /**
   * Asks right before sending: the event of a retraction may be late, and quiet hours may have begun since the decision or the last attempt. What
   * cannot be asked about waits.
   */
  private async withoutObjections(claimed: Delivery[]): Promise<Delivery[]> {
    try {
      const objections = await this.arbitration.objectionsTo(claimed.map(({ decisionId }) => decisionId));
      const reports = claimed.flatMap((delivery) => reportOf(delivery, objections) ?? []);
      await Promise.all(reports.map((report) => this.recorder.record(report)));
      const stopped = new Set(reports.map(({ deliveryId }) => deliveryId));
      return claimed.filter(({ deliveryId }) => !stopped.has(deliveryId));
    } catch (err) {
      log.warn({ err }, 'it cannot be asked what speaks against sending; webhooks wait');
      const until = new Date(this.clock.now().getTime() + UNASKED_MS);
      await Promise.all(
        claimed.map(({ deliveryId, leaseId }) =>
          this.recorder.record({ kind: 'postponed', deliveryId, leaseId, until }),
        ),
      );
      return [];
    }
  }

  /** Waits for the attempts that are under way. */
  async settle(): Promise<void> {
    await Promise.all([...this.inFlight.values()].map(({ done }) => done));
  }

  private withinLimits(due: { deliveryId: string; endpointId: string }[]): string[] {
    const counts = new Map<string, number>();
    for (const { endpointId } of this.inFlight.values()) counts.set(endpointId, (counts.get(endpointId) ?? 0) + 1);
    return due.flatMap(({ deliveryId, endpointId }) => {
      const count = counts.get(endpointId) ?? 0;
      if (count >= IN_FLIGHT_PER_ENDPOINT_MAX || this.inFlight.has(deliveryId)) return [];
      counts.set(endpointId, count + 1);
      return deliveryId;
    });
  }

  private claimAll(deliveryIds: string[], now: Date): Promise<Delivery[]> {
    const leaseId = newId();
    return this.mongo.transaction(async (tx) => {
      const found = await this.deliveries.findMany(deliveryIds, tx);
      const claimed = [...found.values()].flatMap((delivery) => claim(delivery, leaseId, now) ?? []);
      await this.deliveries.saveMany(claimed, tx);
      return claimed;
    });
  }

  private begin(delivery: Delivery, endpoint: WebhookEndpoint | undefined): void {
    const { deliveryId, endpointId } = delivery;
    const done = this.attempt(delivery, endpoint)
      .catch((err: unknown) => log.error({ err, deliveryId }, 'an attempt could not be written down; it is made again'))
      .finally(() => this.inFlight.delete(deliveryId));
    this.inFlight.set(deliveryId, { endpointId, done });
  }

  private async attempt(delivery: Delivery, endpoint: WebhookEndpoint | undefined): Promise<void> {
    const { deliveryId, leaseId } = delivery;
    const circuit = this.circuitOf(delivery.endpointId);
    const until = circuit.blockedUntil(this.clock.now());
    if (until) {
      attempts.inc({ result: 'postponed' });
      await this.recorder.record({ kind: 'postponed', deliveryId, leaseId, until });
      return;
    }
    const result = await this.send(delivery, endpoint);
    circuit.report(result.error === '', this.clock.now());
    attempts.inc({ result: result.error === '' ? 'delivered' : 'failed' });
    await this.recorder.record({ kind: 'tried', deliveryId, leaseId, result, jitter: Math.random() });
  }

  private async send(delivery: Delivery, endpoint: WebhookEndpoint | undefined): Promise<AttemptResult> {
    if (!endpoint?.isActive) return { status: 0, error: 'ENDPOINT_INACTIVE' };
    const { url, sealedSecret, endpointId } = endpoint;
    try {
      const secret = unseal(sealedSecret, this.env.keys.fieldEncryption, endpointId);
      return await this.client.send({ url, secret, messageId: delivery.deliveryId, payload: delivery.payload });
    } catch (err) {
      log.error({ err, endpointId }, 'the secret of an endpoint cannot be opened: is this the right key?');
      return { status: 0, error: 'SECRET_UNREADABLE' };
    }
  }

  private circuitOf(endpointId: string): Circuit {
    const circuit = this.circuits.get(endpointId) ?? new Circuit();
    this.circuits.set(endpointId, circuit);
    return circuit;
  }
}

/** What is written down of a delivery that is not to be sent now; undefined for one that nothing speaks against. */
function reportOf({ deliveryId, decisionId, leaseId }: Delivery, objections: Objections): AttemptReport | undefined {
  const objection = objectionTo(decisionId, objections);
  return objection && { ...objection, deliveryId, leaseId };
}
