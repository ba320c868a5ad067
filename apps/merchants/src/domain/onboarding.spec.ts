import fc from 'fast-check';
import { aMerchant } from '../testing/merchants.factory';
import { MERCHANT_STATES, type MerchantState } from './merchant';
import { moveMerchant, putMerchant, requireAsSeen, type MerchantMove } from './onboarding';

const MOVES: MerchantMove[] = ['review', 'activate', 'suspend'];
const ALLOWED = [
  'draft>review>reviewed',
  'reviewed>activate>active',
  'suspended>activate>active',
  'active>suspend>suspended',
];
const draft = aMerchant({ state: 'draft', madeBy: 'maker', reviewedBy: '' });

it.each(MERCHANT_STATES.flatMap((state) => MOVES.map((move) => [state, move] as const)))('%s: %s', (state, move) => {
  const merchant = aMerchant({ state, madeBy: 'maker' });
  const allowed = ALLOWED.find((each) => each.startsWith(`${state}>${move}>`));
  if (allowed) expect(moveMerchant(merchant, move, 'checker').state).toBe(allowed.split('>')[2]);
  else {
    const reason = 'MERCHANT_MOVE_NOT_ALLOWED';
    expect(() => moveMerchant(merchant, move, 'checker')).toThrow(expect.objectContaining({ reason }));
  }
});

it('never becomes active by its maker alone, whatever he does in whatever order', () => {
  const step = fc.constantFrom<MerchantMove | 'put' | 'account'>(...MOVES, 'put', 'account');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let merchant = draft;
      for (const [index, move] of steps.entries()) {
        try {
          const settlementAccount = move === 'account' ? `account-${index}` : merchant.settlementAccount;
          if (move === 'put' || move === 'account') {
            merchant = putMerchant({ ...merchant, settlementAccount }, merchant, 'maker');
          } else merchant = moveMerchant(merchant, move, 'maker');
        } catch {
          // Refused: nothing changed.
        }
      }
      expect(merchant.state).toBe('draft');
    }),
  );
});

it('needs an account that can be paid to, to be reviewed', () => {
  for (const settlementAccount of ['', ' ', '1'.repeat(35), 'CZ6508000000192000145398']) {
    expect(() => moveMerchant({ ...draft, settlementAccount }, 'review', 'checker')).toThrow(
      expect.objectContaining({ reason: 'MERCHANT_INCOMPLETE' }),
    );
  }
});

describe('putting', () => {
  const put = (state: MerchantState, change: object) => {
    const existing = aMerchant({ state, madeBy: 'maker', reviewedBy: 'checker' });
    return putMerchant({ ...existing, ...change }, existing, 'editor');
  };

  it('makes a draft of what is new or changed before it was active', () => {
    expect(putMerchant(draft, null, 'maker')).toMatchObject({ state: 'draft', madeBy: 'maker', reviewedBy: '' });
    expect(put('reviewed', { name: 'New' })).toMatchObject({ state: 'draft', madeBy: 'editor', reviewedBy: '' });
    expect(put('suspended', { settlementAccount: 'other' })).toMatchObject({ state: 'draft', madeBy: 'editor' });
    expect(put('suspended', { orgPath: 'hq/west' })).toMatchObject({ state: 'draft', madeBy: 'editor' });
  });

  it('refuses a new account that cannot be paid to, and still renames who has one', () => {
    const settlementAccount = '1'.repeat(35);
    const reason = 'VALIDATION_FAILED';
    const isInvalid = expect.objectContaining({ reason }) as Error;
    expect(() => putMerchant({ ...draft, settlementAccount }, null, 'maker')).toThrow(isInvalid);
    expect(() => put('suspended', { settlementAccount })).toThrow(isInvalid);
    const earlier = aMerchant({ settlementAccount });
    expect(putMerchant({ ...earlier, name: 'New' }, earlier, 'editor')).toMatchObject({ name: 'New', state: 'active' });
  });

  it('lets an active merchant be renamed, and nothing else be changed unseen', () => {
    expect(put('active', { name: 'New' })).toMatchObject({ name: 'New', state: 'active', madeBy: 'maker' });
    for (const change of [{ settlementAccount: 'other' }, { orgPath: 'hq/west' }]) {
      const reason = 'MERCHANT_CHANGE_NEEDS_REVIEW';
      expect(() => put('active', change)).toThrow(expect.objectContaining({ reason }));
    }
  });
});

it('passes no review of what was changed since it was looked at', () => {
  const { settlementAccount, orgPath } = draft;
  for (const seen of [{}, { settlementAccount }, { orgPath }, { settlementAccount, orgPath }]) {
    expect(() => requireAsSeen(draft, seen)).not.toThrow();
  }
  for (const seen of [{ settlementAccount: '' }, { settlementAccount: '6222-0002', orgPath }, { orgPath: 'hq' }]) {
    expect(() => requireAsSeen(draft, seen)).toThrow(expect.objectContaining({ reason: 'MERCHANT_CHANGED' }));
  }
});
