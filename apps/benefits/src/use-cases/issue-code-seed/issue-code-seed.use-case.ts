import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import { BenefitsConfig } from '../../benefits.config';
import { issueSeed, seedSecret } from '../../domain/code-seed';
import { CODE_STEP_MS } from '../../domain/redemption-code';
import { CodeSeedRepository } from '../../repositories/code-seed.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { StockCatalogue } from '../../repositories/stock-catalogue';
import type { IssueCodeSeedInput } from './issue-code-seed.request';

export interface IssuedSeed {
  /** 32 bytes, base64url. */
  seed: string;
  epoch: number;
  stepSeconds: number;
  expiresAt: Date;
  serverTime: Date;
}

/** Gives a phone the seed 核销种子 from which it makes codes without a network; the one before ends. */
@Injectable()
export class IssueCodeSeedUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly seeds: CodeSeedRepository,
    private readonly catalogue: StockCatalogue,
    private readonly config: BenefitsConfig,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws INSTANCE_NOT_FOUND, NOT_FOR_TILLS, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, REQUEST_ID_REUSED */
  async execute({ requestId, ...owner }: IssueCodeSeedInput): Promise<IssuedSeed> {
    const request = { scope: `issue-code-seed|${owner.customerId}`, requestId, input: owner };
    const { epoch, expiresAt } = await this.mongo.once(request, async (tx) => {
      const instance = await this.instances.getOwn(owner.instanceId, owner.customerId, tx);
      const before = (await this.seeds.findMany([owner.instanceId], tx)).get(owner.instanceId) ?? null;
      const { codeSeedSeconds } = await this.catalogue.get(instance.stockId);
      const validForMs = (codeSeedSeconds || this.config.codeSeedSeconds) * 1000;
      const seed = issueSeed(instance, { before, validForMs, now: this.clock.now() });
      await this.seeds.save(seed, tx);
      return seed;
    });
    const secret = seedSecret({ ...owner, epoch }, Buffer.from(this.env.keys.codeSigning, 'base64'));
    return {
      seed: secret.toString('base64url'),
      epoch,
      stepSeconds: CODE_STEP_MS / 1000,
      expiresAt,
      serverTime: this.clock.now(),
    };
  }
}
