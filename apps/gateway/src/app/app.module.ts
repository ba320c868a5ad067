import { Module } from '@nestjs/common';
import { AppFansController } from './fans/fans.controller';
import { AppHuntsController } from './hunts/hunts.controller';
import { AppFissionController } from './fission/fission.controller';
import { AppCodesController } from './codes/codes.controller';
import { AppGiftsController } from './gifts/gifts.controller';
import { AppInboxController } from './inbox/inbox.controller';
import { AppNextBestActionsController } from './next-best-actions/next-best-actions.controller';
import { AppProfileController } from './profile/profile.controller';
import { AppNearbyController } from './nearby/nearby.controller';
import { AppTrafficController } from './traffic/traffic.controller';
import { AppStocksController } from './wallet/stocks.controller';
import { AppWalletController } from './wallet/wallet.controller';
import { AppPointsController } from './points/points.controller';
import { AppRewardsController } from './rewards/rewards.controller';
import { AppSharingController } from './sharing/sharing.controller';
import { AppSignInController } from './sign-in/sign-in.controller';
import { AppDecisionsController } from './decisions/decisions.controller';
import { AppExchangeController } from './exchange/exchange.controller';
import { AppGrowthController } from './growth/growth.controller';
import { AppThreadController } from './thread/thread.controller';

/** REST for the mobile app. */
@Module({
  controllers: [
    AppNextBestActionsController,
    AppDecisionsController,
    AppInboxController,
    AppWalletController,
    AppStocksController,
    AppCodesController,
    AppGiftsController,
    AppProfileController,
    AppTrafficController,
    AppNearbyController,
    AppFissionController,
    AppPointsController,
    AppRewardsController,
    AppSignInController,
    AppExchangeController,
    AppGrowthController,
    AppHuntsController,
    AppFansController,
    AppSharingController,
    AppThreadController,
  ],
})
export class AppModule {}
