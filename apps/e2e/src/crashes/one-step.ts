/**
 * What is written by one transaction that nothing of the wallet follows: there is no place between two steps for a crash, and events
 * that are applied in one are told twice in `replays.int-spec.ts` of their service. A new place that writes is listed here, or a flow
 * comes through it.
 */
export const ONE_STEP: Record<'benefits' | 'merchants', readonly string[]> = {
  benefits: [
    'code-pools/use-cases/put-code-pool/put-code-pool.use-case.ts',
    'code-pools/use-cases/withdraw-codes/withdraw-codes.use-case.ts',
    'definitions/definition-desk.ts',
    'fans/use-cases/follow/follow.use-case.ts',
    'fans/use-cases/note-activity/note-activity.use-case.ts',
    'fans/use-cases/put-fan-target/put-fan-target.use-case.ts',
    'granting/refusal-tally.ts',
    'ledger-checks/use-cases/cancel-ledger-check/cancel-ledger-check.use-case.ts',
    'points/use-cases/reverse-points/reverse-points.use-case.ts',
    'reminders/use-cases/remind-expiring/remind-expiring.use-case.ts',
    'use-cases/create-stock/create-stock.use-case.ts',
    'use-cases/follow-persons/follow-persons.use-case.ts',
    // These only read, all of one moment.
    'ledger-checks/ledger-checker.ts',
    'use-cases/get-hold/get-hold.use-case.ts',
    'use-cases/get-redemption/get-redemption.use-case.ts',
    'use-cases/issue-code-seed/issue-code-seed.use-case.ts',
    'use-cases/link-person/link-person.use-case.ts',
    'use-cases/set-stock-state/set-stock-state.use-case.ts',
  ],
  merchants: [
    'budgets/use-cases/put-budget/put-budget.use-case.ts',
    'nearby/use-cases/put-activity/put-activity.use-case.ts',
    'productivity/use-cases/put-circle/put-circle.use-case.ts',
    'productivity/use-cases/record-facts/record-facts.use-case.ts',
    'settlement/use-cases/withdraw-reconciliation/withdraw-reconciliation.use-case.ts',
    'staff/use-cases/move-staff-member/move-staff-member.use-case.ts',
    'staff/use-cases/put-staff-member/put-staff-member.use-case.ts',
    'traffic/use-cases/put-traffic-plan/put-traffic-plan.use-case.ts',
    'use-cases/move-merchant/move-merchant.use-case.ts',
    'use-cases/put-clerk/put-clerk.use-case.ts',
    'use-cases/put-merchant-key/put-merchant-key.use-case.ts',
    'use-cases/put-merchant/put-merchant.use-case.ts',
    'use-cases/put-org-unit/put-org-unit.use-case.ts',
    'use-cases/put-store/put-store.use-case.ts',
    'use-cases/revoke-merchant-key/revoke-merchant-key.use-case.ts',
    'use-cases/rotate-merchant-key/rotate-merchant-key.use-case.ts',
  ],
};
