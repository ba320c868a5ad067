import { Module } from '@nestjs/common';
import { WorkbenchArrivalsController } from './arrivals/arrivals.controller';
import { WorkbenchCustomersController } from './customers/customers.controller';
import { WorkbenchLeadsController } from './leads/leads.controller';
import { WorkbenchNextBestActionsController } from './next-best-actions/next-best-actions.controller';
import { SeatEvents } from './seat-events/seat-events';
import { SeatEventsController } from './seat-events/seat-events.controller';
import { WorkbenchSeatsController } from './seats/seats.controller';
import { WorkbenchTrafficController } from './traffic/traffic.controller';

/** REST and live events for agents and branch staff. */
@Module({
  controllers: [
    WorkbenchSeatsController,
    SeatEventsController,
    WorkbenchLeadsController,
    WorkbenchNextBestActionsController,
    WorkbenchArrivalsController,
    WorkbenchCustomersController,
    WorkbenchTrafficController,
  ],
  providers: [SeatEvents],
})
export class WorkbenchModule {}
