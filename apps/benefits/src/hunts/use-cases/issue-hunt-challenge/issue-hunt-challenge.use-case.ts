import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, ServiceEnv } from '@tidegate/service';
import { issueChallenge } from '../../domain/hunt-challenge';
import { HuntsDesk } from '../../hunts-desk';
import type { HunterInput } from './issue-hunt-challenge.request';

const NONCE_BYTES = 16;

/** Issues a challenge for one attempt; it is stored nowhere before it is used. */
@Injectable()
export class IssueHuntChallengeUseCase {
  constructor(
    private readonly hunts: HuntsDesk,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws HUNT_NOT_OPEN */
  async execute(input: HunterInput): Promise<{ challenge: string; expiresAt: Date }> {
    await this.hunts.getOpen(input.huntId);
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    return issueChallenge(input, nonce, Buffer.from(this.env.keys.codeSigning, 'base64'), this.clock.now());
  }
}
