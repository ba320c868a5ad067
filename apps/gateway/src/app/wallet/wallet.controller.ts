import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IssueRedemptionCodeRequest, ListWalletRequest } from '@tidegate/contracts/benefits/v1/benefits';
import { GetCustomerRequest } from '@tidegate/contracts/customers/v1/customers';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { asGateway } from '../../peers/as-gateway';
import { Peers } from '../../peers/peers';
import { WalletQuery } from '../../requests/wallet.query';
import {
  GetInstanceResponse,
  ListWalletResponse,
  TransferBenefitResponse,
} from '../../responses/benefits/instance.response';
import { IssueCodeSeedResponse, IssueRedemptionCodeResponse } from '../../responses/benefits/redemption.response';
import { CodeRequest, TransferRequest } from './wallet.request';

@ApiTags('Wallet')
@Controller('app/v1/wallet')
export class AppWalletController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Pages the own benefits by expiry, as one list or in groups, with counts, values and a countdown.',
    answer: ListWalletResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  async list(@Query() query: WalletQuery, @Caller() actor: Actor): Promise<ListWalletResponse> {
    const request = ListWalletRequest.fromPartial({ ...query, customerId: actor.id });
    const { takenBack: _forStaff, ...wallet } = await this.peers.benefits.listWallet(request);
    return wallet;
  }

  @Get(':instanceId')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'One of the own benefits.', answer: GetInstanceResponse, reasons: ['INSTANCE_NOT_FOUND'] })
  get(@Param('instanceId', IdPipe) instanceId: string): Promise<GetInstanceResponse> {
    return this.peers.benefits.getInstance({ instanceId });
  }

  @Post(':instanceId/redemption-code')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'The rotating code that the phone shows at a till; ask again when it has expired.',
    answer: IssueRedemptionCodeResponse,
    reasons: ['INSTANCE_NOT_FOUND', 'INSTANCE_NOT_AVAILABLE', 'INSTANCE_EXPIRED', 'NOT_FOR_TILLS'],
  })
  issueCode(
    @Param('instanceId', IdPipe) instanceId: string,
    @Body() { withNumber }: CodeRequest,
    @Caller() actor: Actor,
  ): Promise<IssueRedemptionCodeResponse> {
    const request = IssueRedemptionCodeRequest.fromPartial({ instanceId, customerId: actor.id, withNumber });
    return this.peers.benefits.issueRedemptionCode(request);
  }

  @Post(':instanceId/code-seed')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'The seed from which the phone makes codes without a network; the one before ends.',
    answer: IssueCodeSeedResponse,
    reasons: ['INSTANCE_NOT_FOUND', 'INSTANCE_NOT_AVAILABLE', 'INSTANCE_EXPIRED', 'NOT_FOR_TILLS'],
  })
  issueSeed(
    @Param('instanceId', IdPipe) instanceId: string,
    @Body() _body: NoInput,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<IssueCodeSeedResponse> {
    return this.peers.benefits.issueCodeSeed({ requestId, instanceId, customerId: actor.id });
  }

  @Post(':instanceId/transfer')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Passes a benefit straight on to another customer 转送.',
    answer: TransferBenefitResponse,
    reasons: [
      'INSTANCE_NOT_FOUND',
      'INSTANCE_NOT_AVAILABLE',
      'INSTANCE_EXPIRED',
      'NOT_TRANSFERABLE',
      'GIFT_TO_SELF',
      'CUSTOMER_NOT_FOUND',
      'CUSTOMER_LIMIT_REACHED',
      'PERSON_LIMIT_REACHED',
      'PERSON_PROFILES_TOO_MANY',
    ],
  })
  async transfer(
    @Param('instanceId', IdPipe) instanceId: string,
    @Body() { toCustomerId }: TransferRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<TransferBenefitResponse> {
    const taker = GetCustomerRequest.fromPartial({ customerId: toCustomerId });
    await asGateway(() => this.peers.customers.getCustomer(taker));
    return this.peers.benefits.transferBenefit({ requestId, instanceId, customerId: actor.id, toCustomerId });
  }
}
