import { Inject, Injectable } from '@nestjs/common';
import type { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import type { Client } from '@tidegate/grpc';
import { newId } from '@tidegate/mongo';
import { LeadDesk } from '../../desk/lead-desk';
import type { Lead } from '../../domain/lead';
import type { SeatUser } from '../../domain/seat';
import { CUSTOMERS_CLIENT } from '../../leads.peers';
import type { TakeOverCustomerInput } from './take-over-customer.request';

/** The customer came by himself: the seat goes on with his open lead, or with a new inbound one. */
@Injectable()
export class TakeOverCustomerUseCase {
  constructor(
    private readonly desk: LeadDesk,
    @Inject(CUSTOMERS_CLIENT) private readonly customers: Client<typeof CustomersServiceService>,
  ) {}

  /** @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, SEAT_NOT_FOUND, SEAT_NOT_YOURS, SEAT_WITHOUT_QUEUE, CUSTOMER_IN_CONVERSATION, REQUEST_ID_REUSED */
  async execute(
    { requestId, ...input }: TakeOverCustomerInput,
    user: SeatUser,
  ): Promise<{ lead: Lead | undefined; isInbound: boolean }> {
    // In the agent's own name: whose customer it is decides who may serve him.
    const { otherCustomerIds } = await this.customers.getCustomer({ customerId: input.customerId, externalId: '' });
    const arrival = { ...input, otherCustomerIds, user, inboundLeadId: `inbound-${newId()}` };
    const { lead, isInbound = false } = await this.desk.submit({ kind: 'take-over', requestId, arrival });
    return { lead, isInbound };
  }
}
