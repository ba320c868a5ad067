import { Module } from '@nestjs/common';
import { GrantingModule } from '../granting/granting.module';
import { WalletModule } from '../wallet.module';
import { SignInRepository } from './repositories/sign-in.repository';
import { SignInCommitter } from './sign-in-committer';
import { SignInProgrammes } from './sign-in-programmes';
import { SignInController } from './sign-in.controller';
import { GetSignInCalendarUseCase } from './use-cases/get-sign-in-calendar/get-sign-in-calendar.use-case';
import { MakeUpSignInUseCase } from './use-cases/make-up-sign-in/make-up-sign-in.use-case';
import { SignInUseCase } from './use-cases/sign-in/sign-in.use-case';

/** Sign-in 签到. */
@Module({
  imports: [GrantingModule, WalletModule],
  controllers: [SignInController],
  providers: [
    SignInRepository,
    SignInCommitter,
    SignInProgrammes,
    SignInUseCase,
    MakeUpSignInUseCase,
    GetSignInCalendarUseCase,
  ],
})
export class SignInModule {}
