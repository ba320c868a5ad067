import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { StaffChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import type { GetStaffStandingResponse } from '@tidegate/contracts/merchants/v1/staff';
import { MessageBus } from '@tidegate/messaging';
import { runInContext, type Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { Clock } from '@tidegate/service';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config';
import { Peers } from '../peers/peers';
import { denied } from './access-errors';
import { GATEWAY } from './gateway-actor';

// A change is heard at once; where its word was lost, an answer is asked for again after FRESH_MS, and is believed for USABLE_MS at most
// while nobody can be asked.
const FRESH_MS = 30_000;
const USABLE_MS = 60_000;
const REMEMBERED_MAX = 5_000;

/** Whether the holder of a staff token works here still, and where: asked of the merchants service, which keeps the staff 员工. */
@Injectable()
export class StaffStandings implements OnModuleInit, OnModuleDestroy {
  private readonly remembered = new Map<string, { standing: GetStaffStandingResponse; askedAt: number }>();
  /** Grows with every change: an answer that was asked for before one is not kept. */
  private changes = 0;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly peers: Peers,
    private readonly bus: MessageBus,
    private readonly clock: Clock,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.bus.listen(StaffChanged, ({ subject }) => {
      this.changes += 1;
      this.remembered.delete(subject);
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /**
   * Callers of other kinds pass; so does staff without a record, unless the gateway is told to ask for one.
   * @throws STAFF_NOT_ACTIVE, STAFF_OUT_OF_PLACE, STAFF_UNKNOWN
   */
  async requireStanding(actor: Actor, traceparent: string): Promise<void> {
    if (actor.kind !== 'staff') return;
    const { state, orgPath } = await this.standingOf(actor.id, traceparent);
    if (state === '') {
      if (this.config.isStaffRecordNeeded) throw denied('STAFF_UNKNOWN', 'This person is not on record.');
      return;
    }
    if (state !== 'active') throw denied('STAFF_NOT_ACTIVE', 'This person does not work here any more, or not now.');
    if (!isAtOrBelow(actor.orgPath, orgPath)) {
      throw denied('STAFF_OUT_OF_PLACE', 'The token is for another part of the organisation than this person’s.');
    }
  }

  private async standingOf(staffId: string, traceparent: string): Promise<GetStaffStandingResponse> {
    const known = this.remembered.get(staffId);
    const ageMs = known ? this.clock.now().getTime() - known.askedAt : Infinity;
    if (known && ageMs < FRESH_MS) return known.standing;
    try {
      return await this.ask(staffId, traceparent);
    } catch (error) {
      if (known && ageMs < USABLE_MS) return known.standing;
      throw error;
    }
  }

  private async ask(staffId: string, traceparent: string): Promise<GetStaffStandingResponse> {
    const [askedAt, changesBefore] = [this.clock.now().getTime(), this.changes];
    const context = { traceparent, actor: GATEWAY };
    const standing = await runInContext(context, () => this.peers.staff.getStaffStanding({ staffId }));
    if (changesBefore === this.changes) {
      if (this.remembered.size >= REMEMBERED_MAX) this.remembered.clear();
      this.remembered.set(staffId, { standing, askedAt });
    }
    return standing;
  }
}
