import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AcceptLeadRequest,
  DeclineLeadRequest,
  ListLeadsRequest,
  RecordDispositionRequest,
} from '@tidegate/contracts/leads/v1/leads';
import {
  AddThreadEntryRequest,
  HandOverLeadRequest,
  ListThreadRequest,
  ReleaseLeadRequest,
} from '@tidegate/contracts/leads/v1/coordination';
import { Access, RequestId } from '../../access/access.decorator';
import { AGENT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetLeadResponse } from '../../responses/leads/lead-brief.response';
import {
  AcceptLeadResponse,
  DeclineLeadResponse,
  ListLeadsResponse,
  RecordDispositionResponse,
} from '../../responses/leads/lead.response';
import { HandOverLeadResponse, ReleaseLeadResponse } from '../../responses/leads/route.response';
import { AddThreadEntryResponse, ListThreadResponse } from '../../responses/leads/thread.response';
import { ThreadEntryBody, toEntry } from '../../requests/thread-entry.request';
import {
  AcceptLeadBody,
  DeclineLeadBody,
  DispositionBody,
  HandOverBody,
  LeadsQuery,
  ReleaseBody,
} from './leads.request';

const OFFER_REASONS = ['LEAD_NOT_FOUND', 'LEAD_MOVE_NOT_ALLOWED', 'OFFER_EXPIRED', 'NOT_OFFERED_TO_SEAT'];

@ApiTags('Leads')
@Controller('workbench/v1/leads')
export class WorkbenchLeadsController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(AGENT)
  @Endpoint({ summary: 'Pages leads of a queue, seat or customer.', answer: ListLeadsResponse })
  list(@Query() query: LeadsQuery): Promise<ListLeadsResponse> {
    return this.peers.leads.listLeads(ListLeadsRequest.fromPartial(query));
  }

  @Get(':leadId')
  @Access(AGENT)
  @Endpoint({
    summary: 'The brief: why this customer, the script, the timeline, the wallet.',
    answer: GetLeadResponse,
    reasons: ['LEAD_NOT_FOUND'],
  })
  get(@Param('leadId', IdPipe) leadId: string): Promise<GetLeadResponse> {
    return this.peers.leads.getLead({ leadId });
  }

  @Post(':leadId/accept')
  @Access(AGENT)
  @Endpoint({ summary: 'Accepts an offered lead.', answer: AcceptLeadResponse, reasons: OFFER_REASONS })
  accept(
    @Param('leadId', IdPipe) leadId: string,
    @Body() { seatId }: AcceptLeadBody,
    @RequestId() requestId: string,
  ): Promise<AcceptLeadResponse> {
    return this.peers.leads.acceptLead(AcceptLeadRequest.fromPartial({ requestId, leadId, seatId }));
  }

  @Post(':leadId/decline')
  @Access(AGENT)
  @Endpoint({
    summary: 'Declines an offered lead: it waits for others.',
    answer: DeclineLeadResponse,
    reasons: OFFER_REASONS,
  })
  decline(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: DeclineLeadBody,
    @RequestId() requestId: string,
  ): Promise<DeclineLeadResponse> {
    return this.peers.leads.declineLead(DeclineLeadRequest.fromPartial({ ...body, requestId, leadId }));
  }

  @Post(':leadId/disposition')
  @Access(AGENT)
  @Endpoint({
    summary: 'Says what came of a lead: closes it, or has it called back.',
    answer: RecordDispositionResponse,
    reasons: [
      'LEAD_NOT_FOUND',
      'LEAD_MOVE_NOT_ALLOWED',
      'DISPOSITION_UNKNOWN',
      'CALL_BACK_TIME_INVALID',
      'CONTACT_RETRACTED',
    ],
  })
  dispose(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: DispositionBody,
    @RequestId() requestId: string,
  ): Promise<RecordDispositionResponse> {
    return this.peers.leads.recordDisposition(RecordDispositionRequest.fromPartial({ ...body, requestId, leadId }));
  }

  @Post(':leadId/hand-over')
  @Access(AGENT)
  @Endpoint({
    summary: 'Hands an accepted lead 交接 to another queue, with all that was said.',
    answer: HandOverLeadResponse,
    reasons: ['LEAD_NOT_FOUND', 'LEAD_MOVE_NOT_ALLOWED', 'CONTACT_RETRACTED', 'QUEUE_NOT_FOUND', 'QUEUE_OF_OTHER_ORG'],
  })
  handOver(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: HandOverBody,
    @RequestId() requestId: string,
  ): Promise<HandOverLeadResponse> {
    return this.peers.coordination.handOverLead(HandOverLeadRequest.fromPartial({ ...body, requestId, leadId }));
  }

  @Post(':leadId/release')
  @Access(AGENT)
  @Endpoint({
    summary:
      'Ends a lead that nobody talks about, or has a call-back at another time: its team leader, or, until it is due, who promised the call-back.',
    answer: ReleaseLeadResponse,
    reasons: ['LEAD_NOT_FOUND', 'LEAD_NOT_YOURS', 'LEAD_MOVE_NOT_ALLOWED', 'CALL_BACK_TIME_INVALID'],
  })
  release(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: ReleaseBody,
    @RequestId() requestId: string,
  ): Promise<ReleaseLeadResponse> {
    return this.peers.coordination.releaseLead(ReleaseLeadRequest.fromPartial({ ...body, requestId, leadId }));
  }

  @Get(':leadId/thread')
  @Access(AGENT)
  @Endpoint({
    summary: 'What was said with the lead’s customer on every channel, and what need not be asked again.',
    answer: ListThreadResponse,
    reasons: ['LEAD_NOT_FOUND'],
  })
  thread(@Param('leadId', IdPipe) leadId: string, @Query() page: PageQuery): Promise<ListThreadResponse> {
    return this.peers.coordination.listThread(ListThreadRequest.fromPartial({ ...page, leadId }));
  }

  @Post(':leadId/thread')
  @Access(AGENT)
  @Endpoint({
    summary: 'Adds a note, an answer, or a form that was begun.',
    answer: AddThreadEntryResponse,
    status: 201,
    reasons: ['LEAD_NOT_FOUND'],
  })
  addToThread(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: ThreadEntryBody,
    @RequestId() requestId: string,
  ): Promise<AddThreadEntryResponse> {
    const entry = toEntry(body);
    return this.peers.coordination.addThreadEntry(AddThreadEntryRequest.fromPartial({ requestId, leadId, entry }));
  }
}
