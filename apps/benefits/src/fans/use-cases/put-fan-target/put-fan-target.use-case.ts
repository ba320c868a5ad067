import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { changeTarget, type FanTarget } from '../../domain/fan';
import { FanRepository, targetKey } from '../../repositories/fan.repository';
import type { PutFanTargetInput } from './put-fan-target.request';

/** Registers an outlet or store that can be followed, or renames it. */
@Injectable()
export class PutFanTargetUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly fans: FanRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws TARGET_ORG_FIXED, REQUEST_ID_REUSED */
  execute({ requestId, target: input }: PutFanTargetInput): Promise<FanTarget> {
    const plain = structuredClone({ ...input });
    return this.mongo.once({ scope: 'put-fan-target', requestId, input: plain }, async (tx) => {
      const { kind, targetId, name, orgPath, timeZone } = plain;
      const held = (await this.fans.findTargets([targetKey(plain)], tx)).get(targetKey(plain));
      const fresh: FanTarget = { kind, targetId, name, orgPath, timeZone, createdAt: this.clock.now() };
      const target = held ? changeTarget(held, fresh) : fresh;
      await this.fans.saveTarget(target, tx);
      return target;
    });
  }
}
