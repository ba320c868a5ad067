import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/benefits/v1/code_pools';
import { actorOf, GrpcController, requireOrgScope, validated, type Handlers } from '@tidegate/grpc';
import { ImportChunkInput } from '@tidegate/imports';
import { requireHolder } from '../require-holder';
import { codeImportMessage, codePoolMessage } from './code-pools.message';
import type { CodeImport } from './importing/code-import';
import { CodeImportWorker } from './importing/code-import.worker';
import { CodeImportRepository } from './repositories/code-import.repository';
import { CodePoolRepository } from './repositories/code-pool.repository';
import { ListCodeImportsUseCase } from './use-cases/list-code-imports/list-code-imports.use-case';
import { ListCodePoolAlarmsUseCase } from './use-cases/list-code-pool-alarms/list-code-pool-alarms.use-case';
import { ListCodePoolsUseCase } from './use-cases/list-code-pools/list-code-pools.use-case';
import { ListCodeWithdrawalsUseCase } from './use-cases/list-code-withdrawals/list-code-withdrawals.use-case';
import { PutCodePoolInput } from './use-cases/put-code-pool/put-code-pool.request';
import { PutCodePoolUseCase } from './use-cases/put-code-pool/put-code-pool.use-case';
import { ShowCodeInput } from './use-cases/show-code/show-code.request';
import { ShowCodeUseCase } from './use-cases/show-code/show-code.use-case';
import { StartCodeImportInput } from './use-cases/start-code-import/start-code-import.request';
import { StartCodeImportUseCase } from './use-cases/start-code-import/start-code-import.use-case';
import { WithdrawCodesInput } from './use-cases/withdraw-codes/withdraw-codes.request';
import { WithdrawCodesUseCase } from './use-cases/withdraw-codes/withdraw-codes.use-case';

type Rpcs = Handlers<typeof rpc.CodePoolsServiceService>;

/** Every gRPC inlet of code pools: validate, call, map. */
@GrpcController(rpc.CodePoolsServiceService)
export class CodePoolsController implements Rpcs {
  constructor(
    private readonly pools: CodePoolRepository,
    private readonly imports: CodeImportRepository,
    private readonly worker: CodeImportWorker,
    private readonly putCodePoolUseCase: PutCodePoolUseCase,
    private readonly listCodePoolsUseCase: ListCodePoolsUseCase,
    private readonly listCodePoolAlarmsUseCase: ListCodePoolAlarmsUseCase,
    private readonly startCodeImportUseCase: StartCodeImportUseCase,
    private readonly listCodeImportsUseCase: ListCodeImportsUseCase,
    private readonly showCodeUseCase: ShowCodeUseCase,
    private readonly withdrawCodesUseCase: WithdrawCodesUseCase,
    private readonly listCodeWithdrawalsUseCase: ListCodeWithdrawalsUseCase,
  ) {}

  async putCodePool(request: rpc.PutCodePoolRequest, metadata: Metadata): Promise<rpc.PutCodePoolResponse> {
    const input = validated(PutCodePoolInput, request);
    const pool = await this.putCodePoolUseCase.execute(input, actorOf(metadata));
    return { pool: codePoolMessage(pool, await this.pools.getCounts(pool.poolId)) };
  }

  async getCodePool({ poolId }: rpc.GetCodePoolRequest, metadata: Metadata): Promise<rpc.GetCodePoolResponse> {
    const pool = await this.pools.get(poolId);
    requireOrgScope(actorOf(metadata), pool.orgPath);
    return { pool: codePoolMessage(pool, await this.pools.getCounts(poolId)) };
  }

  async listCodePools(request: rpc.ListCodePoolsRequest, metadata: Metadata): Promise<rpc.ListCodePoolsResponse> {
    const { pools, nextPageToken } = await this.listCodePoolsUseCase.execute(actorOf(metadata), request);
    return { pools: pools.map(({ pool, counts }) => codePoolMessage(pool, counts)), nextPageToken };
  }

  async startCodeImport(request: rpc.StartCodeImportRequest, metadata: Metadata): Promise<rpc.StartCodeImportResponse> {
    const input = validated(StartCodeImportInput, request);
    return { import: codeImportMessage(await this.startCodeImportUseCase.execute(input, actorOf(metadata))) };
  }

  async appendCodeImportChunk(
    request: rpc.AppendCodeImportChunkRequest,
    metadata: Metadata,
  ): Promise<rpc.AppendCodeImportChunkResponse> {
    const input = validated(ImportChunkInput, request);
    return { import: codeImportMessage(await this.worker.intake.receive(input, within(metadata))) };
  }

  async getCodeImport({ importId }: rpc.GetCodeImportRequest, metadata: Metadata): Promise<rpc.GetCodeImportResponse> {
    const job = await this.imports.get(importId);
    within(metadata)(job);
    return { import: codeImportMessage(job) };
  }

  async listCodeImports(request: rpc.ListCodeImportsRequest, metadata: Metadata): Promise<rpc.ListCodeImportsResponse> {
    const { imports, nextPageToken } = await this.listCodeImportsUseCase.execute(actorOf(metadata), request);
    return { imports: imports.map(codeImportMessage), nextPageToken };
  }

  async listCodeImportErrors(
    request: rpc.ListCodeImportErrorsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListCodeImportErrorsResponse> {
    return this.worker.intake.listRefusals(request, within(metadata));
  }

  async cancelCodeImport(
    { importId }: rpc.CancelCodeImportRequest,
    metadata: Metadata,
  ): Promise<rpc.CancelCodeImportResponse> {
    return { import: codeImportMessage(await this.worker.intake.cancel(importId, within(metadata))) };
  }

  async withdrawCodes(request: rpc.WithdrawCodesRequest, metadata: Metadata): Promise<rpc.WithdrawCodesResponse> {
    const input = validated(WithdrawCodesInput, request);
    const { pool, withdrawnCount } = await this.withdrawCodesUseCase.execute(input, actorOf(metadata));
    return { pool: codePoolMessage(pool, await this.pools.getCounts(pool.poolId)), withdrawnCount };
  }

  async listCodeWithdrawals(
    request: rpc.ListCodeWithdrawalsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListCodeWithdrawalsResponse> {
    return this.listCodeWithdrawalsUseCase.execute(actorOf(metadata), request);
  }

  async listCodePoolAlarms(
    request: rpc.ListCodePoolAlarmsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListCodePoolAlarmsResponse> {
    return this.listCodePoolAlarmsUseCase.execute(actorOf(metadata), request);
  }

  async showCode(request: rpc.ShowCodeRequest, metadata: Metadata): Promise<rpc.ShowCodeResponse> {
    const input = validated(ShowCodeInput, request);
    requireHolder(actorOf(metadata), input.customerId);
    return this.showCodeUseCase.execute(input);
  }
}

const within =
  (metadata: Metadata) =>
  ({ orgPath }: CodeImport): void =>
    requireOrgScope(actorOf(metadata), orgPath);
