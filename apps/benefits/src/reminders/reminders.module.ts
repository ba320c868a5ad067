import { Module } from '@nestjs/common';
import { WalletModule } from '../wallet.module';
import { ReminderCursorRepository } from './repositories/reminder-cursor.repository';
import { RemindExpiringUseCase } from './use-cases/remind-expiring/remind-expiring.use-case';

/** Reminders before benefits expire 到期提醒. */
@Module({ imports: [WalletModule], providers: [ReminderCursorRepository, RemindExpiringUseCase] })
export class RemindersModule {}
