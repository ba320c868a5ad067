import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListLedgerChecksRequest } from '@tidegate/contracts/benefits/v1/ledger_checks';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  CancelLedgerCheckResponse,
  GetLedgerCheckResponse,
  ListLedgerChecksResponse,
  StartLedgerCheckResponse,
} from '../../responses/benefits/ledger-check.response';

@ApiTags('Ledger')
@Controller('admin/v1/ledger/checks')
export class AdminLedgerChecksController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(CHECKER)
  @Endpoint({
    summary: 'Rebuilds all balances from the postings in the background and compares them; one check at a time.',
    answer: StartLedgerCheckResponse,
    status: 201,
    reasons: ['HEAD_OFFICE_ONLY', 'LEDGER_CHECK_RUNNING'],
  })
  start(@Body() _body: NoInput, @RequestId() requestId: string): Promise<StartLedgerCheckResponse> {
    return this.peers.ledgerChecks.startLedgerCheck({ requestId });
  }

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'Pages checks of the ledger, newest first, without what differs.',
    answer: ListLedgerChecksResponse,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  list(@Query() query: PageQuery): Promise<ListLedgerChecksResponse> {
    return this.peers.ledgerChecks.listLedgerChecks(ListLedgerChecksRequest.fromPartial(query));
  }

  @Get(':checkId')
  @Access(READER)
  @Endpoint({
    summary: 'State and progress of a check, and what differs.',
    answer: GetLedgerCheckResponse,
    reasons: ['HEAD_OFFICE_ONLY', 'LEDGER_CHECK_NOT_FOUND'],
  })
  get(@Param('checkId', IdPipe) checkId: string): Promise<GetLedgerCheckResponse> {
    return this.peers.ledgerChecks.getLedgerCheck({ checkId });
  }

  @Post(':checkId/cancel')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Stops a check of the ledger.',
    answer: CancelLedgerCheckResponse,
    reasons: ['HEAD_OFFICE_ONLY', 'LEDGER_CHECK_NOT_FOUND', 'LEDGER_CHECK_FINISHED'],
  })
  cancel(@Param('checkId', IdPipe) checkId: string, @Body() _body: NoInput): Promise<CancelLedgerCheckResponse> {
    return this.peers.ledgerChecks.cancelLedgerCheck({ checkId });
  }
}
