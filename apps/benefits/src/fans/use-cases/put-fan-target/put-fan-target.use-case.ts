import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { changeTarget, requireOwnOutlet, type FanTarget } from '../../domain/fan';
import { FanRepository, targetKey } from '../../repositories/fan.repository';
import type { PutFanTargetInput } from './put-fan-target.request';

/**
 * Registers an outlet or store that can be followed, renames it, or takes it over for the organisation that its merchant has moved to. Whose
 * store it is, whoever asks has made sure of: merchants are not known here.
 */
@Injectable()
export class PutFanTargetUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly fans: FanRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws TARGET_NOT_OF_ORG, TARGET_ORG_FIXED, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  execute({ requestId, target: input }: PutFanTargetInput, actor: Actor): Promise<FanTarget> {
    requireOrgScope(actor, input.orgPath);
    requireOwnOutlet(input);
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
