import type { ModelRef, ModelSlot } from '@tidegate/contracts/arbitration/v1/arbitration';
import { ModelsServiceService, type ModelMove, type SlotSettings } from '@tidegate/contracts/arbitration/v1/models';
import type { Client } from '@tidegate/grpc';
import type { ArbitrationFixture } from './arbitration.fixture';

export type ModelsClient = Client<typeof ModelsServiceService>;

/** Two people of the head office who move models, one proposing and one approving. */
export class ModelDesk {
  private serial = 0;

  constructor(
    private readonly fixture: ArbitrationFixture,
    private readonly slot: string,
  ) {}

  client(id: string, replica = 0): ModelsClient {
    const service = this.fixture.replicas[replica] ?? this.fixture.first;
    return service.client(ModelsServiceService, { id, kind: 'staff', roles: ['admin'], orgPath: 'hq' });
  }

  nextId(): string {
    return `desk-${this.slot}-${(this.serial += 1)}`;
  }

  /** Opens a slot of this name by two people. */
  async open(slot: ModelSlot): Promise<void> {
    const { pendingMoveId } = await this.fixture.client().putModelSlot({ requestId: this.nextId(), slot });
    await this.settle(pendingMoveId, 'checker');
  }

  async propose(model: ModelRef, toStage: string, challengerBasisPoints = 0, by = 'maker'): Promise<ModelMove> {
    const request = { requestId: this.nextId(), slot: this.slot, model, toStage, challengerBasisPoints, reason: 'why' };
    return (await this.client(by).proposeModelMove(request)).move!;
  }

  settle(moveId: string, by: string, isApproved = true, replica = 0) {
    const request = { requestId: this.nextId(), slot: this.slot, moveId, isApproved, note: 'seen' };
    return this.client(by, replica).settleModelMove(request);
  }

  async proposeSettings(settings: SlotSettings, by = 'maker'): Promise<ModelMove> {
    const request = { requestId: this.nextId(), slot: this.slot, settings, reason: 'why' };
    return (await this.client(by).proposeSlotSettings(request)).move!;
  }

  async move(model: ModelRef, toStage: string, challengerBasisPoints = 0): Promise<void> {
    const { moveId } = await this.propose(model, toStage, challengerBasisPoints);
    await this.settle(moveId, 'checker');
  }
}
