import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, ServiceEnv } from '@tidegate/service';
import { moveInstance, requireForTills, requireNotExpired } from '../../domain/instance';
import { makeCode } from '../../domain/redemption-code';
import { CodeNumbers } from '../../till/code-numbers';
import { InstanceRepository } from '../../repositories/instance.repository';
import type { IssueRedemptionCodeInput } from './issue-redemption-code.request';

const NONCE_BYTES = 6;

/** The rotating code 核销码 a phone shows at the till, and on request a number to type in. Only the number is stored. */
@Injectable()
export class IssueRedemptionCodeUseCase {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly numbers: CodeNumbers,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws INSTANCE_NOT_FOUND, NOT_FOR_TILLS, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED */
  async execute({
    instanceId,
    customerId,
    withNumber,
  }: IssueRedemptionCodeInput): Promise<{ code: string; expiresAt: Date; number: string }> {
    const now = this.clock.now();
    const instance = await this.instances.getOwn(instanceId, customerId);
    requireForTills(instance);
    moveInstance(instance, 'hold');
    requireNotExpired(instance, now);
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const key = Buffer.from(this.env.keys.codeSigning, 'base64');
    const made = makeCode({ instanceId, customerId }, nonce, key, now);
    return { ...made, number: withNumber ? await this.numbers.make(made.code, made.expiresAt) : '' };
  }
}
