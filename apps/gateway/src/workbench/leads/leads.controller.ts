import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AcceptLeadRequest,
  DeclineLeadRequest,
  ListLeadsRequest,
  RecordDispositionRequest,
} from '@tidegate/contracts/leads/v1/leads';
import { Access, RequestId } from '../../access/access.decorator';
import { AGENT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetLeadResponse } from '../../responses/leads/lead-brief.response';
import {
  AcceptLeadResponse,
  DeclineLeadResponse,
  ListLeadsResponse,
  RecordDispositionResponse,
} from '../../responses/leads/lead.response';
import { AcceptLeadBody, DeclineLeadBody, DispositionBody, LeadsQuery } from './leads.request';

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
    reasons: ['LEAD_NOT_FOUND', 'LEAD_MOVE_NOT_ALLOWED', 'DISPOSITION_UNKNOWN', 'CALL_BACK_TIME_INVALID'],
  })
  dispose(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: DispositionBody,
    @RequestId() requestId: string,
  ): Promise<RecordDispositionResponse> {
    return this.peers.leads.recordDisposition(RecordDispositionRequest.fromPartial({ ...body, requestId, leadId }));
  }
}
