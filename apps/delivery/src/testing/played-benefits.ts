import { BenefitsServiceService, Instance } from '@tidegate/contracts/benefits/v1/benefits';
import { DomainError, notFound } from '@tidegate/errors';
import { fakePeer } from '@tidegate/testing';

/** Benefits as far as delivery asks them: the states of instances by id; an instance that it was not told of is issued. */
export class PlayedBenefits {
  readonly states = new Map<string, string>();
  isAway = false;
  askedCount = 0;

  private peer: Awaited<ReturnType<typeof fakePeer>> | undefined;

  static async start(): Promise<PlayedBenefits> {
    const played = new PlayedBenefits();
    played.peer = await fakePeer(BenefitsServiceService, {
      getInstance: async ({ instanceId }: { instanceId: string }) => ({ instance: played.find(instanceId) }),
    });
    return played;
  }

  get url(): string {
    return this.peer?.url ?? '';
  }

  async stop(): Promise<void> {
    await this.peer?.stop();
  }

  /** @throws DATABASE_UNAVAILABLE while it is away, INSTANCE_NOT_FOUND of one in no state */
  private find(instanceId: string): Instance {
    this.askedCount += 1;
    if (this.isAway) throw new DomainError({ code: 'UNAVAILABLE', reason: 'DATABASE_UNAVAILABLE', message: 'away' });
    const state = this.states.get(instanceId) ?? 'issued';
    if (state === '') throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
    return Instance.fromPartial({ instanceId, state });
  }
}
