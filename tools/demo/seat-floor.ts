import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lead } from '@tidegate/contracts/leads/v1/leads';
import type { SeatPlace } from './cast';
import type { Json } from './http/json';
import { GatewayRefusal } from './http/gateway-refusal';
import type { World } from './world';

/** What the agent says came of a lead. */
export type Disposition = (lead: Json<Lead>) => { disposition: string; note?: string };

const RECONNECT_MS = 500;
/** Streams of one seat that broke in a row before its agent gives up. */
const FAILURES_MAX = 20;
/** A lead that was taken from the seat meanwhile: it comes again, to this seat or another. */
const LOST = new Set(['OFFER_EXPIRED', 'NOT_OFFERED_TO_SEAT', 'LEAD_MOVE_NOT_ALLOWED']);

/** Agents at their seats: each watches its seat's stream and works every lead it is offered until the floor closes. */
export class SeatFloor {
  private readonly closing = new AbortController();
  private readonly inHand = new Set<string>();
  private readonly agents: Promise<void>[];
  private fail: (error: Error) => void = () => undefined;
  /** Never settles unless an agent cannot go on. */
  readonly failed: Promise<never>;
  closedCount = 0;

  constructor(
    private readonly world: World,
    seats: readonly SeatPlace[],
    private readonly dispositionOf: Disposition,
    private readonly onClosed: () => void = () => undefined,
  ) {
    this.failed = new Promise((_resolve, reject) => {
      this.fail = reject;
    });
    // Whoever waits hears of it; nobody may be waiting just now.
    this.failed.catch(() => undefined);
    // One stream for each seat, and what the HTTP client adds of its own.
    setMaxListeners(0, this.closing.signal);
    this.agents = seats.map((seat) => this.attend(seat));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.agents);
  }

  private async attend(seat: SeatPlace): Promise<void> {
    const { signal } = this.closing;
    let failures = 0;
    while (!signal.aborted) {
      try {
        for await (const { leads } of this.world.agent(seat).watchSeat(seat.seatId, signal)) {
          failures = 0;
          for (const lead of leads) void this.work(seat, lead);
        }
      } catch (error) {
        failures += 1;
        if (failures > FAILURES_MAX) this.fail(error as Error);
      }
      // Every connection begins with the whole state, so nothing is missed.
      if (!signal.aborted) await sleep(RECONNECT_MS);
    }
  }

  private async work(seat: SeatPlace, lead: Json<Lead>): Promise<void> {
    const isWorkable = lead.seatId === seat.seatId && (lead.state === 'offered' || lead.state === 'accepted');
    if (!isWorkable || this.inHand.has(lead.leadId)) return;
    this.inHand.add(lead.leadId);
    try {
      const agent = this.world.agent(seat);
      if (lead.state === 'offered') {
        await agent.acceptLead(lead.leadId, seat.seatId, `accept:${lead.leadId}:${lead.attemptCount}:${seat.seatId}`);
      }
      const answer = { seatId: seat.seatId, ...this.dispositionOf(lead) };
      await agent.disposeLead(lead.leadId, answer, `dispose:${lead.leadId}`);
      this.closedCount += 1;
      this.onClosed();
    } catch (error) {
      this.inHand.delete(lead.leadId);
      const isLost = error instanceof GatewayRefusal && LOST.has(error.reason);
      if (!isLost && !this.closing.signal.aborted) this.fail(error as Error);
    }
  }
}

/** Lets the agents of these seats begin or end their work. */
export async function setSeats(
  world: World,
  seats: readonly SeatPlace[],
  state: 'available' | 'away',
  occasion: string,
): Promise<void> {
  await Promise.all(
    seats.map((seat) => world.agent(seat).setSeatState(seat.seatId, state, `${occasion}:${state}:${seat.seatId}`)),
  );
}
