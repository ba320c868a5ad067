import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { DomainError } from '@tidegate/errors';
import { createClient } from '@tidegate/grpc';
import { continueTrace, currentContext, runInContext } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';
import type { ConsentWord } from './domain/service-consent';

/** What delivery asks the customers service. */
@Injectable()
export class CustomersPeer implements OnModuleDestroy {
  private readonly client;

  constructor(env: ServiceEnv) {
    this.client = createClient(CustomersServiceService, env.peerUrl('customers'));
  }

  /** Everything that a customer granted or refused; nothing of a customer who is not known. @throws UNAVAILABLE */
  async consentsOf(customerId: string): Promise<ConsentWord[]> {
    const traceparent = continueTrace(currentContext()?.traceparent);
    const actor = { id: 'delivery', kind: 'service' as const, roles: [], orgPath: '' };
    try {
      const { customer } = await runInContext({ traceparent, actor }, () =>
        this.client.getCustomer({ customerId, externalId: '' }),
      );
      return customer?.consents ?? [];
    } catch (error) {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return [];
      throw error;
    }
  }

  onModuleDestroy(): void {
    this.client.close();
  }
}
