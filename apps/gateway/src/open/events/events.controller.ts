import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator';
import { INTAKE } from '../../access/access-rules';
import { CLOUD_EVENT_TYPE, CLOUD_EVENTS_BATCH_TYPE } from '../../http/body.hook';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { IngestEventsResponse } from '../../responses/customers/intake.response';
import { BATCH_SIZE_MAX, mergeAnswer, readBatch, readSingle } from './event-batch';
import { DocumentsEvents, eventsBody } from './events.request';

const BODY_BYTES_MAX = 4 * 1024 * 1024;

@ApiTags('Events')
@DocumentsEvents()
@Controller('open/v1/events')
export class OpenEventsController {
  constructor(private readonly peers: Peers) {}

  /** Safe to repeat without a key: every event has an id of its own. */
  @Post()
  @Access(INTAKE)
  @Endpoint({
    summary: 'Tells facts about customers, one or up to 1000; each is accepted once per source and id.',
    answer: IngestEventsResponse,
    status: 202,
    consumes: [CLOUD_EVENT_TYPE, CLOUD_EVENTS_BATCH_TYPE],
    bodyBytesMax: BODY_BYTES_MAX,
    isKeyless: true,
  })
  @ApiBody({ required: true, schema: eventsBody(BATCH_SIZE_MAX) })
  async ingest(@Req() request: FastifyRequest): Promise<IngestEventsResponse> {
    const isBatch = (request.headers['content-type'] ?? '').toLowerCase().startsWith(CLOUD_EVENTS_BATCH_TYPE);
    const batch = isBatch ? readBatch(request.body) : readSingle(request.body);
    if (batch.events.length === 0) return mergeAnswer(batch, { acceptedCount: 0, duplicateCount: 0, refused: [] });
    return mergeAnswer(batch, await this.peers.customers.ingestEvents({ events: batch.events }));
  }
}
