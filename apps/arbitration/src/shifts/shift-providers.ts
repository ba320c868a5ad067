import type { Provider } from '@nestjs/common';
import { PlanDaysTask } from './plan-days.task';
import { PromiseSettler } from './promise-settler';
import { ShiftRepository } from './repositories/shift.repository';
import { ShiftPlanner } from './shift-planner';
import { ListCapacitySlotsUseCase } from './use-cases/list-capacity-slots/list-capacity-slots.use-case';
import { ListShiftsUseCase } from './use-cases/list-shifts/list-shifts.use-case';
import { PutShiftUseCase } from './use-cases/put-shift/put-shift.use-case';
import { PutShiftPlanUseCase } from './use-cases/put-shift-plan/put-shift-plan.use-case';
import { RemoveShiftUseCase } from './use-cases/remove-shift/remove-shift.use-case';

/** What shifts need beside the controller. */
export const SHIFT_PROVIDERS: Provider[] = [
  ShiftRepository,
  ShiftPlanner,
  PromiseSettler,
  PlanDaysTask,
  PutShiftPlanUseCase,
  PutShiftUseCase,
  RemoveShiftUseCase,
  ListShiftsUseCase,
  ListCapacitySlotsUseCase,
];
