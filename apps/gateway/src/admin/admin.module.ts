import { Module } from '@nestjs/common';
import { AdminFansController } from './fans/fans.controller';
import { AdminHuntsController } from './hunts/hunts.controller';
import { AdminFissionController } from './fission/fission.controller';
import { AdminActionsController } from './actions/actions.controller';
import { AdminCapacityController } from './arbitration/capacity.controller';
import { AdminContactPolicyController } from './arbitration/contact-policy.controller';
import { AdminModelMovesController } from './models/model-moves.controller';
import { AdminTrainedModelsController } from './models/trained-models.controller';
import { AdminQuotasController } from './arbitration/quotas.controller';
import { AdminLeadRoutesController } from './lead-routes/lead-routes.controller';
import { AdminShiftsController } from './arbitration/shifts.controller';
import { AdminComplaintsController } from './customers/complaints.controller';
import { AdminCodeImportsController } from './code-pools/code-imports.controller';
import { AdminCodePoolsController } from './code-pools/code-pools.controller';
import { AdminConsentsController } from './customers/consents.controller';
import { AdminCopyDeskController } from './copy-desk/copy-desk.controller';
import { AdminScriptCatalogueController } from './scripts/script-catalogue.controller';
import { AdminStrategyVersionsController } from './strategies/strategy-versions.controller';
import { AdminTemplatesController } from './templates/templates.controller';
import { AdminCustomersController } from './customers/customers.controller';
import { AdminProfileJoinsController } from './customers/profile-joins.controller';
import { AdminOwnerController } from './customers/owner.controller';
import { AdminTagsController } from './customers/tags.controller';
import { AdminDeadLettersController } from './dead-letters/dead-letters.controller';
import { AdminDecisionsController } from './decisions/decisions.controller';
import { AdminDeliveriesController } from './deliveries/deliveries.controller';
import { AdminDesksController } from './desks/desks.controller';
import { AdminEngagementPoliciesController } from './engagement/engagement-policies.controller';
import { AdminEventCountersController } from './engagement/event-counters.controller';
import { AdminGoalsController } from './goals/goals.controller';
import { AdminImportsController } from './imports/imports.controller';
import { AdminLedgerController } from './ledger/ledger.controller';
import { AdminLedgerChecksController } from './ledger/ledger-checks.controller';
import { AdminActivitiesController } from './merchants/activities.controller';
import { AdminProductivityController } from './productivity/productivity.controller';
import { AdminBudgetsController } from './merchants/budgets.controller';
import { AdminClerksController } from './merchants/clerks.controller';
import { AdminMerchantKeysController } from './merchants/merchant-keys.controller';
import { AdminMerchantMovesController } from './merchants/merchant-moves.controller';
import { AdminMerchantsController } from './merchants/merchants.controller';
import { AdminMerchantRedemptionsController } from './merchants/redemptions.controller';
import { AdminStoresController } from './merchants/stores.controller';
import { AdminSubsidiesController } from './merchants/subsidies.controller';
import { AdminModelsController } from './models/models.controller';
import { AdminNameListFilesController } from './name-lists/name-list-files.controller';
import { AdminNameListStepsController } from './name-lists/name-list-steps.controller';
import { AdminNameListsController } from './name-lists/name-lists.controller';
import { AdminOrgUnitsController } from './organisation/org-units.controller';
import { AdminPushesController } from './pushes/pushes.controller';
import { AdminReportsController } from './reports/reports.controller';
import { AdminRfmController } from './rfm/rfm.controller';
import { AdminScriptsController } from './scripts/scripts.controller';
import { AdminSegmentMembersController } from './segments/segment-members.controller';
import { AdminSegmentsController } from './segments/segments.controller';
import { AdminAdjustmentsController } from './settlements/adjustments.controller';
import { AdminPayoutsController } from './settlements/payouts.controller';
import { AdminReconciliationsController } from './settlements/reconciliations.controller';
import { AdminSettlementsController } from './settlements/settlements.controller';
import { AdminPersonsController } from './persons/persons.controller';
import { AdminInstancesController } from './instances/instances.controller';
import { AdminStaffController } from './staff/staff.controller';
import { AdminStatementFilesController } from './settlements/statement-files.controller';
import { AdminSimulationsController } from './simulations/simulations.controller';
import { AdminStocksController } from './stocks/stocks.controller';
import { AdminStrategiesController } from './strategies/strategies.controller';
import { AdminStrategyMovesController } from './strategies/strategy-moves.controller';
import { AdminTeamsController } from './teams/teams.controller';
import { AdminTrafficPlansController } from './traffic/traffic-plans.controller';
import { AdminWebhooksController } from './webhooks/webhooks.controller';
import { AdminPointsController } from './points/points.controller';
import { AdminPointsRulesController } from './points/points-rules.controller';
import { AdminSignInProgrammesController } from './sign-in/sign-in-programmes.controller';
import { AdminExchangeOffersController } from './exchange/exchange-offers.controller';
import { AdminGrowthPlansController } from './growth/growth-plans.controller';
import { AdminMissionsController } from './growth/missions.controller';

/** REST for those who set strategies up, run the bank’s side of it, and review it. */
@Module({
  controllers: [
    AdminImportsController,
    AdminCustomersController,
    AdminOwnerController,
    AdminTagsController,
    AdminProfileJoinsController,
    AdminConsentsController,
    AdminComplaintsController,
    AdminSegmentMembersController,
    AdminSegmentsController,
    AdminRfmController,
    AdminActionsController,
    AdminScriptCatalogueController,
    AdminScriptsController,
    AdminStrategiesController,
    AdminStrategyMovesController,
    AdminNameListFilesController,
    AdminNameListStepsController,
    AdminStrategyVersionsController,
    AdminGoalsController,
    AdminTemplatesController,
    AdminCopyDeskController,
    AdminNameListsController,
    AdminTeamsController,
    AdminContactPolicyController,
    AdminEngagementPoliciesController,
    AdminEventCountersController,
    AdminCapacityController,
    AdminModelMovesController,
    AdminTrainedModelsController,
    AdminQuotasController,
    AdminShiftsController,
    AdminLeadRoutesController,
    AdminModelsController,
    AdminPushesController,
    AdminSimulationsController,
    AdminDecisionsController,
    AdminDesksController,
    AdminInstancesController,
    AdminPersonsController,
    AdminStocksController,
    AdminCodePoolsController,
    AdminCodeImportsController,
    AdminLedgerController,
    AdminLedgerChecksController,
    AdminOrgUnitsController,
    AdminStaffController,
    AdminMerchantsController,
    AdminMerchantMovesController,
    AdminMerchantRedemptionsController,
    AdminStoresController,
    AdminClerksController,
    AdminTrafficPlansController,
    AdminSubsidiesController,
    AdminBudgetsController,
    AdminActivitiesController,
    AdminProductivityController,
    AdminMerchantKeysController,
    AdminSettlementsController,
    AdminPayoutsController,
    AdminStatementFilesController,
    AdminAdjustmentsController,
    AdminReconciliationsController,
    AdminWebhooksController,
    AdminDeliveriesController,
    AdminReportsController,
    AdminDeadLettersController,
    AdminFissionController,
    AdminPointsController,
    AdminPointsRulesController,
    AdminSignInProgrammesController,
    AdminExchangeOffersController,
    AdminGrowthPlansController,
    AdminMissionsController,
    AdminHuntsController,
    AdminFansController,
  ],
})
export class AdminModule {}
