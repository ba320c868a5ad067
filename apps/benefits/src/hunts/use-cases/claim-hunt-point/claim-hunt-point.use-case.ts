import { Injectable } from '@nestjs/common';
import { HuntPointFound } from '@tidegate/contracts/benefits/v1/hunts_events';
import { refused } from '@tidegate/errors';
import {
  event,
  GroupCommitter,
  Mongo,
  newId,
  RequestBook,
  type RequestKey,
  settle,
  type Settled,
  type Transaction,
} from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import { oweReward } from '../../../granting/domain/owed-reward';
import { toReward, type RewardTerms } from '../../../granting/domain/reward-terms';
import { OwedRewardRepository } from '../../../granting/repositories/owed-reward.repository';
import { PersonRepository } from '../../../repositories/person.repository';
import type { HuntAttemptCommand } from '../../domain/hunt-batch';
import { readChallenge } from '../../domain/hunt-challenge';
import { HUNT_REFUSALS, type AttemptResult } from '../../domain/hunt-claim';
import { huntRewardId } from '../../domain/hunt-reward';
import { huntNotOpen, HuntsDesk, pointOf } from '../../hunts-desk';
import { HuntRepository } from '../../repositories/hunt.repository';
import type { HuntAttempt } from '../../repositories/hunt.schema';
import type { ClaimHuntPointInput } from './claim-hunt-point.request';

interface Command extends HuntAttemptCommand {
  request: RequestKey;
  challenge: string;
  /** Of one that does not hold now only a repeat is answered. */
  isOpen: boolean;
}

/** What an attempt came to, as it is remembered under its request id. */
type Outcome = Pick<AttemptResult, 'reason' | 'distanceMetres'> & { foundAt: Date };

/**
 * Claims a point where the customer stands. A refused attempt is kept too, and uses its challenge up. Concurrent ones are
 * committed as one (ADR 0002): a crowd at one point counts in the same place.
 */
@Injectable()
export class ClaimHuntPointUseCase {
  private readonly committer: GroupCommitter<Command, Outcome>;

  constructor(
    private readonly mongo: Mongo,
    private readonly hunts: HuntsDesk,
    private readonly repository: HuntRepository,
    private readonly rewards: OwedRewardRepository,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'claim-hunt-point',
      batchMax: 64,
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /** @throws HUNT_NOT_OPEN, POINT_NOT_FOUND, CHALLENGE_INVALID, CHALLENGE_EXPIRED, PERSON_PROFILES_TOO_MANY, REQUEST_ID_REUSED and HUNT_REFUSALS */
  async execute(input: ClaimHuntPointInput): Promise<{ pointId: string; reward: RewardTerms; foundAt: Date }> {
    const { requestId, ...rest } = input;
    const { customerId, position, challenge } = rest;
    const open = await this.hunts.findOpen(input.huntId);
    const hunt = open ?? (await this.hunts.find(input.huntId));
    if (!hunt) throw huntNotOpen();
    const point = pointOf(hunt, input.pointId);
    const request = { scope: `claim-hunt-point|${customerId}`, requestId, input: structuredClone(rest) };
    const command = { request, hunt, isOpen: open !== undefined, point, customerId, position, challenge };
    const outcome = await this.committer.submit(command);
    const { reason, distanceMetres, foundAt } = outcome;
    if (reason === '') return { pointId: point.pointId, reward: point.reward, foundAt };
    throw refused(reason, HUNT_REFUSALS[reason], { distanceMetres: String(Math.round(distanceMetres)) });
  }

  private async commit(commands: Command[], tx: Transaction): Promise<Settled<Outcome>[]> {
    const now = this.clock.now();
    const key = Buffer.from(this.env.keys.codeSigning, 'base64');
    const keys = commands.map(({ request }) => request);
    const requests = await RequestBook.open<Outcome>(keys, this.mongo, tx);
    const challenges = commands.map(({ hunt, customerId, challenge }) =>
      settle(() => readChallenge(challenge, { huntId: hunt.definition.definitionId, customerId }, key, now)),
    );
    const nonces = challenges.flatMap((read) => ('value' in read ? [read.value.nonce] : []));
    const customerIds = commands.map(({ customerId }) => customerId);
    const persons = await this.persons.find(customerIds, tx);
    const batch = await this.repository.openBatch(commands, { nonces, persons }, tx);
    const attempts: HuntAttempt[] = [];
    const found: Command[] = [];
    const settled = commands.map((command, index) =>
      requests.answer(index, () => {
        // Inside, so that a repeat is answered as the first time although its hunt or its challenge is over.
        if (!command.isOpen) throw huntNotOpen();
        const challenge = challenges[index]!;
        if ('error' in challenge) throw challenge.error;
        const { reason, distanceMetres } = batch.attempt(command, challenge.value, now);
        attempts.push({ attemptId: newId(), ...subjectOf(command), reason, distanceMetres, attemptedAt: now });
        if (reason === '') found.push(command);
        return { reason, distanceMetres, foundAt: now };
      }),
    );
    await this.repository.saveBatch(batch, attempts, tx);
    await this.reward(found, now, tx);
    await requests.save(this.mongo, tx);
    return settled;
  }

  private async reward(found: readonly Command[], now: Date, tx: Transaction): Promise<void> {
    const owed = found.map((command) => {
      const { huntId, pointId, customerId } = subjectOf(command);
      const { definition, terms } = command.hunt;
      const reward = toReward(command.point.reward, { orgPath: definition.orgPath, timeZone: terms.timeZone });
      const rewardId = huntRewardId(huntId, pointId, customerId);
      return oweReward({ rewardId, customerId, reward, cause: 'hunt', reference: huntId }, now);
    });
    await this.rewards.addMany(owed, tx);
    for (const command of found) {
      tx.emit(event(HuntPointFound, command.customerId, { ...subjectOf(command), foundAt: now }));
    }
  }
}

const subjectOf = ({ hunt, point, customerId }: HuntAttemptCommand) => ({
  huntId: hunt.definition.definitionId,
  pointId: point.pointId,
  customerId,
});
