import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  LeadAccepted,
  LeadClosed,
  LeadOffered,
  LeadRetracted,
  LeadReturned,
} from '@tidegate/contracts/leads/v1/leads_events';
import type { Lead } from '@tidegate/contracts/leads/v1/leads';
import { DomainError } from '@tidegate/errors';
import { MessageBus } from '@tidegate/messaging';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../gateway.config';
import type { SeatEvent } from './seat-event';

/** Who hears of a seat: `close` is called when the gateway stops. */
export interface SeatListener {
  hear(event: SeatEvent): void;
  close(): void;
}

/** Hands the broker's live lead events to those who watch the seat, one subscription of each type for all of them. */
@Injectable()
export class SeatEvents implements OnModuleInit, OnModuleDestroy {
  private readonly watchers = new Map<string, Set<SeatListener>>();
  /** Seat of each lead that a watcher was shown: a returned lead names no seat any more. */
  private readonly seatOfLead = new Map<string, string>();
  private unsubscribe: (() => void)[] = [];
  private count = 0;

  constructor(
    private readonly bus: MessageBus,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  onModuleInit(): void {
    const tell = (name: SeatEvent['name']) => (event: { id: string; data: { lead?: Lead | undefined } }) =>
      this.tell({ id: event.id, name, lead: event.data.lead });
    this.unsubscribe = [
      this.bus.listen(LeadOffered, tell('lead-offered')),
      this.bus.listen(LeadAccepted, tell('lead-accepted')),
      this.bus.listen(LeadReturned, tell('lead-returned')),
      this.bus.listen(LeadRetracted, tell('lead-retracted')),
      this.bus.listen(LeadClosed, tell('lead-closed')),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    for (const listeners of this.watchers.values()) for (const listener of [...listeners]) listener.close();
  }

  /**
   * Watches a seat until the returned function is called.
   * @throws TOO_MANY_STREAMS
   */
  watch(seatId: string, listener: SeatListener): () => void {
    const listeners = this.watchers.get(seatId) ?? new Set();
    if (listeners.size >= this.config.streamsMaxPerSeat || this.count >= this.config.streamsMax) {
      const message = 'Too many streams are open: close one first.';
      throw new DomainError({ code: 'RESOURCE_EXHAUSTED', reason: 'TOO_MANY_STREAMS', message, retryAfterMs: 5_000 });
    }
    this.watchers.set(seatId, listeners.add(listener));
    this.count += 1;
    return () => {
      if (!listeners.delete(listener)) return;
      this.count -= 1;
      if (listeners.size === 0) this.forget(seatId);
    };
  }

  /** Leads that a watcher was shown otherwise, so that their return is told too. */
  remember(seatId: string, leads: Lead[]): void {
    for (const { leadId } of leads) this.seatOfLead.set(leadId, seatId);
  }

  private tell(event: Omit<SeatEvent, 'lead'> & { lead: Lead | undefined }): void {
    const { lead, name } = event;
    if (!lead) return;
    const seatId = lead.seatId || this.seatOfLead.get(lead.leadId);
    const listeners = seatId === undefined ? undefined : this.watchers.get(seatId);
    if (!seatId || !listeners) return;
    const isOver = name === 'lead-returned' || name === 'lead-closed';
    if (isOver) this.seatOfLead.delete(lead.leadId);
    else this.seatOfLead.set(lead.leadId, seatId);
    for (const listener of listeners) listener.hear({ ...event, lead });
  }

  private forget(seatId: string): void {
    this.watchers.delete(seatId);
    for (const [leadId, seat] of this.seatOfLead) if (seat === seatId) this.seatOfLead.delete(leadId);
  }
}
