import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Instance } from '../../domain/instance';
import { InstanceRepository } from '../../repositories/instance.repository';
import type { ListWalletInput } from './list-wallet.request';

/** One customer's wallet, soonest to expire first, with totals per state. */
@Injectable()
export class ListWalletUseCase {
  constructor(private readonly instances: InstanceRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    input: ListWalletInput,
  ): Promise<{ instances: Instance[]; nextPageToken: string; countByState: Record<string, number> }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [expiresAt, instanceId] = decodePageToken(input.pageToken) ?? [];
    const instances = await this.instances.listWallet(input.customerId, {
      limit,
      state: input.state || undefined,
      after: expiresAt && instanceId ? { expiresAt: new Date(expiresAt), instanceId } : undefined,
    });
    const last = instances.length === limit ? instances.at(-1) : undefined;
    return {
      instances,
      nextPageToken: last ? encodePageToken([last.expiresAt.toISOString(), last.instanceId]) : '',
      countByState: await this.instances.countWallet(input.customerId),
    };
  }
}
