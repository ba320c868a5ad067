import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/arbitration/v1/quotas';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { GetQuotaUseCase } from './use-cases/get-quota/get-quota.use-case';
import { ListQuotasInput } from './use-cases/list-quotas/list-quotas.request';
import { ListQuotasUseCase } from './use-cases/list-quotas/list-quotas.use-case';
import { PutQuotaInput } from './use-cases/put-quota/put-quota.request';
import { PutQuotaUseCase } from './use-cases/put-quota/put-quota.use-case';

type Rpcs = Handlers<typeof rpc.QuotasServiceService>;

/** The inlets of quotas 额度: validate, call, map. */
@GrpcController(rpc.QuotasServiceService)
export class QuotasController implements Rpcs {
  constructor(
    private readonly putQuotaUseCase: PutQuotaUseCase,
    private readonly getQuotaUseCase: GetQuotaUseCase,
    private readonly listQuotasUseCase: ListQuotasUseCase,
  ) {}

  async putQuota(request: rpc.PutQuotaRequest, metadata: Metadata): Promise<rpc.PutQuotaResponse> {
    return { quota: await this.putQuotaUseCase.execute(actorOf(metadata), validated(PutQuotaInput, request)) };
  }

  async getQuota(request: rpc.GetQuotaRequest, metadata: Metadata): Promise<rpc.GetQuotaResponse> {
    return { quota: await this.getQuotaUseCase.execute(actorOf(metadata), request.quotaId) };
  }

  listQuotas(request: rpc.ListQuotasRequest, metadata: Metadata): Promise<rpc.ListQuotasResponse> {
    return this.listQuotasUseCase.execute(actorOf(metadata), validated(ListQuotasInput, request));
  }
}
