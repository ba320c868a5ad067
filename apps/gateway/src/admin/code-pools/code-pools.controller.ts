import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListCodeImportsRequest,
  ListCodePoolAlarmsRequest,
  ListCodePoolsRequest,
  ListCodeWithdrawalsRequest,
  PutCodePoolRequest,
  StartCodeImportRequest,
  WithdrawCodesRequest,
} from '@tidegate/contracts/benefits/v1/code_pools';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { ListCodeImportsResponse, StartCodeImportResponse } from '../../responses/benefits/code-import.response';
import {
  GetCodePoolResponse,
  ListCodePoolAlarmsResponse,
  ListCodePoolsResponse,
  ListCodeWithdrawalsResponse,
  PutCodePoolResponse,
  WithdrawCodesResponse,
} from '../../responses/benefits/code-pool.response';
import { CodePoolAlarmsQuery, CodePoolBody, StartCodeImportBody, WithdrawCodesBody } from './code-pools.request';

@ApiTags('Code pools')
@Controller('admin/v1')
export class AdminCodePoolsController {
  constructor(private readonly peers: Peers) {}

  @Put('code-pools/:poolId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates a pool of third-party codes 券码池, or changes its name and alarm.',
    answer: PutCodePoolResponse,
    reasons: ['POOL_PROVIDER_FIXED'],
  })
  put(
    @Param('poolId', IdPipe) poolId: string,
    @Body() body: CodePoolBody,
    @RequestId() requestId: string,
  ): Promise<PutCodePoolResponse> {
    return this.peers.codePools.putCodePool(PutCodePoolRequest.fromPartial({ requestId, pool: { ...body, poolId } }));
  }

  @Get('code-pools')
  @Access(READER)
  @Endpoint({ summary: 'Pages pools with how many codes are left, newest first.', answer: ListCodePoolsResponse })
  list(@Query() page: PageQuery): Promise<ListCodePoolsResponse> {
    return this.peers.codePools.listCodePools(ListCodePoolsRequest.fromPartial(page));
  }

  @Get('code-pools/:poolId')
  @Access(READER)
  @Endpoint({ summary: 'One pool.', answer: GetCodePoolResponse, reasons: ['POOL_NOT_FOUND'] })
  get(@Param('poolId', IdPipe) poolId: string): Promise<GetCodePoolResponse> {
    return this.peers.codePools.getCodePool({ poolId });
  }

  @Post('code-pools/:poolId/imports')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Opens an import of codes into the pool; the file follows.',
    answer: StartCodeImportResponse,
    status: 201,
    reasons: ['POOL_NOT_FOUND'],
  })
  startImport(
    @Param('poolId', IdPipe) poolId: string,
    @Body() body: StartCodeImportBody,
    @RequestId() requestId: string,
  ): Promise<StartCodeImportResponse> {
    return this.peers.codePools.startCodeImport(StartCodeImportRequest.fromPartial({ ...body, poolId, requestId }));
  }

  @Get('code-pools/:poolId/imports')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Pages the imports of codes into the pool, newest first.',
    answer: ListCodeImportsResponse,
    reasons: ['POOL_NOT_FOUND', 'PAGE_TOKEN_INVALID'],
  })
  imports(@Param('poolId', IdPipe) poolId: string, @Query() page: PageQuery): Promise<ListCodeImportsResponse> {
    return this.peers.codePools.listCodeImports(ListCodeImportsRequest.fromPartial({ ...page, poolId }));
  }

  @Post('code-pools/:poolId/withdraw')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Withdraws the codes that are not given yet, of one import or of the whole pool.',
    answer: WithdrawCodesResponse,
    reasons: ['POOL_NOT_FOUND', 'IMPORT_NOT_FOUND', 'IMPORT_NOT_FINISHED'],
  })
  withdraw(
    @Param('poolId', IdPipe) poolId: string,
    @Body() body: WithdrawCodesBody,
    @RequestId() requestId: string,
  ): Promise<WithdrawCodesResponse> {
    const request = WithdrawCodesRequest.fromPartial({ ...body, poolId, requestId });
    return this.peers.codePools.withdrawCodes(request, LONG);
  }

  @Get('code-pools/:poolId/withdrawals')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Pages what was withdrawn of the pool’s codes, by whom and why, newest first.',
    answer: ListCodeWithdrawalsResponse,
    reasons: ['POOL_NOT_FOUND', 'PAGE_TOKEN_INVALID'],
  })
  withdrawals(@Param('poolId', IdPipe) poolId: string, @Query() page: PageQuery): Promise<ListCodeWithdrawalsResponse> {
    return this.peers.codePools.listCodeWithdrawals(ListCodeWithdrawalsRequest.fromPartial({ ...page, poolId }));
  }

  @Get('code-pool-alarms')
  @Access(READER)
  @Endpoint({
    summary: 'Pages alarms of pools that ran low or empty, newest first.',
    answer: ListCodePoolAlarmsResponse,
  })
  alarms(@Query() query: CodePoolAlarmsQuery): Promise<ListCodePoolAlarmsResponse> {
    return this.peers.codePools.listCodePoolAlarms(ListCodePoolAlarmsRequest.fromPartial(query));
  }
}
