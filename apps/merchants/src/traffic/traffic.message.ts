import type { Subsidy as SubsidyMessage, Visit as VisitMessage } from '@tidegate/contracts/merchants/v1/traffic';
import type { Subsidy } from './domain/subsidy';
import type { Visit } from './domain/visit';

/** A visit as others see it. */
export const toVisitMessage = ({ storeId: _storeId, ...visit }: Visit): VisitMessage => visit;

/** A subsidy as others see it. */
export const toSubsidyMessage = ({
  redemptionAmountMinor: _redemption,
  reversedAmountMinor: _reversed,
  placeId: _place,
  ...subsidy
}: Subsidy): SubsidyMessage => subsidy;
