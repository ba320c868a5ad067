import { Module } from '@nestjs/common';
import { OpenEventsController } from './events/events.controller';

/** Intake of facts from the bank’s systems. */
@Module({ controllers: [OpenEventsController] })
export class OpenModule {}
