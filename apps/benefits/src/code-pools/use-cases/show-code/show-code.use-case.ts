import { Injectable } from '@nestjs/common';
import { notFound, refused } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { InstanceRepository } from '../../../repositories/instance.repository';
import type { PlainCode } from '../../domain/code-line';
import { CodePoolRepository } from '../../repositories/code-pool.repository';
import { PoolCodeRepository } from '../../repositories/pool-code.repository';
import type { ShowCodeInput } from './show-code.request';

/** While it is on its way to somebody else, or of no value any more, its code stays hidden. */
const SHOWN_IN: readonly string[] = ['issued', 'held', 'redeemed'];

/** Shows the code of a benefit to its holder. */
@Injectable()
export class ShowCodeUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly instances: InstanceRepository,
    private readonly codes: PoolCodeRepository,
    private readonly pools: CodePoolRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws INSTANCE_NOT_FOUND, also for somebody else's; INSTANCE_NOT_AVAILABLE, CODE_NOT_FOUND */
  execute({ instanceId, customerId }: ShowCodeInput): Promise<PlainCode & { providerId: string }> {
    return this.mongo.transaction(async (tx) => {
      const { state } = await this.instances.getOwn(instanceId, customerId, tx);
      if (!SHOWN_IN.includes(state)) {
        throw refused('INSTANCE_NOT_AVAILABLE', 'The code of this benefit cannot be shown now.', { state });
      }
      const assignment = await this.codes.findAssignment(instanceId, tx);
      if (!assignment) throw notFound('CODE_NOT_FOUND', 'This benefit has no code.');
      if (!assignment.shownAt) await this.codes.markShown(instanceId, this.clock.now(), tx);
      const { providerId } = await this.pools.get(assignment.poolId, tx);
      return { ...(await this.codes.open(assignment.codeId, tx)), providerId };
    });
  }
}
