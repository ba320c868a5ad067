import { Module } from '@nestjs/common';
import { MerchantBudgetsController } from './budgets/budgets.controller';
import { MerchantClerksController } from './clerks/clerks.controller';
import { MerchantHoldsController } from './holds/holds.controller';
import { MerchantKeysController } from './keys/keys.controller';
import { MerchantNextBestActionsController } from './next-best-actions/next-best-actions.controller';
import { MerchantRedemptionsController } from './redemptions/redemptions.controller';
import { MerchantReconciliationsController } from './settlements/reconciliations.controller';
import { MerchantSettlementsController } from './settlements/settlements.controller';
import { MerchantStatementFilesController } from './settlements/statement-files.controller';
import { MerchantWaitingLinesController } from './settlements/waiting-lines.controller';
import { MerchantStoresController } from './stores/stores.controller';
import { MerchantTrafficController } from './traffic/traffic.controller';

/** REST for merchants’ systems; every request is signed. */
@Module({
  controllers: [
    MerchantRedemptionsController,
    MerchantNextBestActionsController,
    MerchantHoldsController,
    MerchantSettlementsController,
    MerchantStatementFilesController,
    MerchantWaitingLinesController,
    MerchantReconciliationsController,
    MerchantStoresController,
    MerchantClerksController,
    MerchantKeysController,
    MerchantTrafficController,
    MerchantBudgetsController,
  ],
})
export class MerchantModule {}
