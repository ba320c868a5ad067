import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Seat } from '@tidegate/contracts/leads/v1/leads';
import type { Actor } from '@tidegate/observability';
import { newId } from '@tidegate/mongo';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, Caller } from '../../access/access.decorator';
import { denied } from '../../access/access-errors';
import { AGENT } from '../../access/access-rules';
import { StaffStandings } from '../../access/staff-standings';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../gateway.config';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { EventStream } from './event-stream';
import { toMessage, type SeatEvent } from './seat-event';
import { SeatEvents } from './seat-events';

const DESCRIPTION =
  'First a snapshot ({ seat, openLeads }), then lead-offered, lead-accepted, lead-returned, lead-retracted and lead-closed ({ lead }), with heartbeat comments between.';

@ApiTags('Seats')
@Controller('workbench/v1/seats')
export class SeatEventsController {
  constructor(
    private readonly peers: Peers,
    private readonly events: SeatEvents,
    private readonly standings: StaffStandings,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Get(':seatId/events')
  @Access(AGENT)
  @Endpoint({
    summary: 'Server-sent events of a seat’s leads, until the token ends.',
    status: 200,
    reasons: ['SEAT_NOT_FOUND', 'NOT_YOUR_SEAT', 'TOO_MANY_STREAMS'],
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: DESCRIPTION, schema: { type: 'string' } })
  async open(
    @Param('seatId', IdPipe) seatId: string,
    @Caller() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    let stream: EventStream | undefined;
    const early: SeatEvent[] = [];
    // Watching begins before the snapshot is taken, so that nothing falls between the two.
    const stopWatching = this.events.watch(seatId, {
      hear: (event) =>
        stream ? stream.write(toMessage(event.id, event.name, { lead: event.lead })) : early.push(event),
      close: () => stream?.close(),
    });
    try {
      const { seat, openLeads } = await this.peers.leads.getSeat({ seatId });
      requireOwnSeat(actor, seat);
      this.events.remember(seatId, openLeads);
      const { heartbeatMs } = this.config;
      const requireCaller = () => this.standings.requireStanding(actor, request.callContext.traceparent);
      const ends = { endsAt: request.tokenExpiresAt, requireCaller, onClose: stopWatching };
      stream = new EventStream(reply, { heartbeatMs, ...ends });
      // Every connection begins with the whole state, so Last-Event-ID needs no history.
      stream.write(toMessage(newId(), 'snapshot', { seat, openLeads }));
      for (const event of early) stream.write(toMessage(event.id, event.name, { lead: event.lead }));
    } catch (error) {
      stopWatching();
      throw error;
    }
  }
}

/** @throws NOT_YOUR_SEAT */
function requireOwnSeat(actor: Actor, seat: Seat | undefined): void {
  if (seat?.agentId === actor.id || actor.roles.includes('team_leader')) return;
  throw denied('NOT_YOUR_SEAT', 'This is another agent’s seat.');
}
