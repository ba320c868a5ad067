import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { MerchantChanged, MerchantKeyChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { MessageBus } from '@tidegate/messaging';
import { MerchantKeys } from './merchant-keys';

/** Makes a revoked key or a suspended merchant known here at once, on every replica. */
@Injectable()
export class MerchantKeyChanges implements OnModuleInit, OnModuleDestroy {
  private unsubscribe: (() => void)[] = [];

  constructor(
    private readonly bus: MessageBus,
    private readonly keys: MerchantKeys,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = [
      this.bus.listen(MerchantKeyChanged, ({ data: { keyId } }) => this.keys.forget({ keyId })),
      this.bus.listen(MerchantChanged, ({ subject }) => this.keys.forget({ merchantId: subject })),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.unsubscribe) unsubscribe();
  }
}
