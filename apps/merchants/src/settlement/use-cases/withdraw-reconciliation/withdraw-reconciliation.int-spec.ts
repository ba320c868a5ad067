import { newRequestId } from '../../../testing/merchants.harness';
import { startSettlement, type SettlementHarness } from '../../testing/settlement.harness';

// Goal: a wrong file leaves no work behind, and what was found out by then stays known.

let harness: SettlementHarness;
beforeAll(async () => {
  harness = await startSettlement();
});
afterAll(() => harness?.stop());

const page = { pageSize: 0, pageToken: '' };
const east = { id: 'east-staff', orgPath: 'hq/east' };

const reconcile = async (content: string): Promise<string> => {
  const days = { businessDateFrom: '2026-11-02', businessDateTo: '2026-11-03' };
  const request = { requestId: newRequestId(), merchantId: 'noodle-bar', ...days, fileName: 'books.csv', content };
  return (await harness.settlement(east).reconcile(request)).reconciliation!.reconciliationId;
};
const differencesOf = async (reconciliationId: string, state = '') => {
  const asked = { merchantId: '', reconciliationId, state, ...page };
  return (await harness.settlement().listDifferences(asked)).differences;
};

it('closes the open differences of a reconciliation that is withdrawn, once, and no others', async () => {
  const wrong = await reconcile('line_id,amount_minor\na,1\nb,2\nc,3\n');
  const right = await reconcile('line_id,amount_minor\nd,4\n');
  const [first] = await differencesOf(wrong);
  const resolve = { resolution: 'bank_right', comment: 'not ours', adjustmentId: '' };
  const { differenceId } = first!;
  await harness.settlement(east).resolveDifference({ requestId: newRequestId(), differenceId, ...resolve });

  const request = { requestId: newRequestId(), reconciliationId: wrong, comment: 'last year’s file' };
  const withdrawn = await harness.settlement(east).withdrawReconciliation(request);
  expect(withdrawn.reconciliation).toMatchObject({ state: 'withdrawn', openDifferenceCount: 0, fileLineCount: 3 });
  expect(await harness.settlement(east).withdrawReconciliation(request)).toEqual(withdrawn);
  const closed = await differencesOf(wrong);
  expect(closed.map(({ state, resolution, comment }) => [state, resolution, comment]).sort()).toEqual([
    ['resolved', 'bank_right', 'not ours'],
    ['resolved', 'withdrawn', 'last year’s file'],
    ['resolved', 'withdrawn', 'last year’s file'],
  ]);
  expect((await differencesOf('', 'open')).map(({ reconciliationId }) => reconciliationId)).toEqual([right]);

  const again = { ...request, requestId: newRequestId() };
  await expect(harness.settlement(east).withdrawReconciliation(again)).rejects.toMatchObject({
    reason: 'RECONCILIATION_WITHDRAWN',
  });
});

it('is for staff of the merchant’s organisation', async () => {
  const reconciliationId = await reconcile('line_id,amount_minor\na,1\n');
  for (const [actor, overrides, reason] of [
    [{ kind: 'merchant', id: 'noodle-bar', orgPath: '' }, {}, 'STAFF_ONLY'],
    [{ id: 'w', orgPath: 'hq/west' }, {}, 'ORG_OUT_OF_SCOPE'],
    [east, { reconciliationId: 'none' }, 'RECONCILIATION_NOT_FOUND'],
    [east, { comment: '' }, 'VALIDATION_FAILED'],
  ] as const) {
    const request = { requestId: newRequestId(), reconciliationId, comment: 'wrong', ...overrides };
    await expect(harness.settlement(actor).withdrawReconciliation(request)).rejects.toMatchObject({ reason });
  }
});
