import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { capacityId, freeUnits, partSlot, poolOf, type Capacity } from '../../../domain/capacity';
import { dayAfter, zonedMs } from '../../../domain/local-time';
import { PolicyHolder } from '../../../engine/policy-holder';
import { CapacityRepository } from '../../../repositories/capacity.repository';
import { ShiftPlanner } from '../../shift-planner';
import type { ListCapacitySlotsInput } from './list-capacity-slots.request';
import { DAY_MINUTES } from '../../domain/shift';

/** Units of one slot as they stand. */
export interface SlotView {
  slot: string;
  startsAt: Date;
  endsAt: Date;
  planned: number;
  reserved: number;
  used: number;
  free: number;
}

/** Planned, reserved, used and free units of a queue, a team or a person, by slot. */
@Injectable()
export class ListCapacitySlotsUseCase {
  constructor(
    private readonly planner: ShiftPlanner,
    private readonly capacities: CapacityRepository,
    private readonly policies: PolicyHolder,
  ) {}

  /** @throws VALIDATION_FAILED, SHIFT_PLAN_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute({ queue, teamId, personId, fromDay, days }: ListCapacitySlotsInput, actor: Actor): Promise<SlotView[]> {
    if (teamId !== '' && personId !== '') {
      throw invalid([{ field: 'personId', description: 'cannot be set together with teamId' }]);
    }
    const plan = await this.planner.getPlan(queue);
    requireOrgScope(actor, plan.orgPath);
    const team = teamId === '' ? queue : poolOf(queue, 'team', teamId);
    const pool = personId === '' ? team : poolOf(queue, 'person', personId);
    const first = fromDay || this.planner.today;
    const ids = Array.from({ length: days || 1 }, (_, ahead) => capacityId(pool, dayAfter(first, ahead)));
    const found = await this.capacities.findMany(ids);
    return ids.flatMap((id) => {
      const capacity = found.get(id);
      return capacity === undefined ? [] : slotsOf(capacity, this.policies.current.timeZone);
    });
  }
}

function slotsOf({ slot: day, parts, ...whole }: Capacity, zone: string): SlotView[] {
  const view = (slot: string, span: [from: number, to: number], counted: Omit<typeof whole, 'queue'>): SlotView => ({
    slot,
    startsAt: new Date(zonedMs(zone, day, span[0])),
    endsAt: new Date(zonedMs(zone, day, span[1])),
    planned: counted.units,
    reserved: counted.reserved,
    used: counted.used,
    free: freeUnits(counted),
  });
  if (parts === undefined) return [view(day, [0, DAY_MINUTES], whole)];
  return parts.map((part) => view(partSlot(day, part.fromMinute), [part.fromMinute, part.toMinute], part));
}
