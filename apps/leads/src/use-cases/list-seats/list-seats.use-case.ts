import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Seat } from '../../domain/seat';
import { SeatRepository } from '../../repositories/seat.repository';
import type { ListSeatsInput } from './list-seats.request';

/** Seats of the actor's organisation and below, in id order. */
@Injectable()
export class ListSeatsUseCase {
  constructor(private readonly seats: SeatRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    { queue, state, ...page }: ListSeatsInput,
    actor: Actor,
  ): Promise<{ seats: Seat[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(page.pageToken) ?? [];
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const seats = await this.seats.list({ queue, state, scope }, limit, after);
    const last = seats.length === limit ? seats.at(-1) : undefined;
    return { seats, nextPageToken: last ? encodePageToken([last.seatId]) : '' };
  }
}
