import { by, content, NOW, strategy } from '../testing/strategy.factory';
import { approveStrategy, editStrategy, newestOf, submitStrategy, type Strategy } from './strategy';
import { discardStrategy, withdrawStrategy } from './strategy-withdrawal';

const review = { comment: '', contentHash: 'hash', authorIds: [] };
const submitted = (of: Strategy = strategy()) => submitStrategy(of, 'hash', NOW);
const published = () => approveStrategy(submitted(), review, by('checker')).next;
const changed = () => editStrategy(published(), content({ name: 'Next' }), 1, by('second')).next;
const notAllowed = expect.objectContaining({ reason: 'STRATEGY_MOVE_NOT_ALLOWED' }) as Error;

describe('a submission', () => {
  it('is taken back as a draft, which is edited and submitted again', () => {
    const draft = withdrawStrategy(submitted(), NOW);
    expect(draft.open).toMatchObject({ version: 1, state: 'draft', makerIds: ['maker'] });
    expect(() => approveStrategy(draft, review, by('checker'))).toThrow(notAllowed);
    expect(editStrategy(draft, content({ name: 'Other' }), 1, by('maker')).next.open?.version).toBe(2);
    expect(submitted(draft).open?.state).toBe('in_review');
  });

  it('is not taken back before it is made, nor once it is live', () => {
    expect(() => withdrawStrategy(strategy(), NOW)).toThrow(notAllowed);
    expect(() => withdrawStrategy(published(), NOW)).toThrow(notAllowed);
  });
});

describe('a draft', () => {
  it.each([
    ['drafted', changed],
    ['in review', () => submitted(changed())],
  ])('beside a live version is given up %s, and leaves no trace on it', (_name, make) => {
    const before = make();
    const { next, closed } = discardStrategy(before, NOW);
    expect(next).toEqual({ ...before, open: null });
    expect(closed).toMatchObject([{ version: 2, state: 'retired' }]);
    // Its number is used up, and its maker is free to review what comes after.
    const again = editStrategy(next, content({ name: 'Third' }), 1, by('third')).next;
    expect(newestOf(again)).toMatchObject({ version: 3, makerIds: ['third'] });
    expect(approveStrategy(submitted(again), review, by('second')).next.live?.version).toBe(3);
  });

  it('that never was live ends the strategy', () => {
    const { next, closed } = discardStrategy(strategy(), NOW);
    expect([next.open?.state, next.live, closed]).toEqual(['retired', null, []]);
    expect(() => editStrategy(next, content(), 1, by('maker'))).toThrow(
      expect.objectContaining({ reason: 'STRATEGY_NOT_DRAFT' }),
    );
    for (const move of [discardStrategy, withdrawStrategy, (of: Strategy) => submitted(of)]) {
      expect(() => move(next, NOW)).toThrow(notAllowed);
    }
  });

  it('is not given up once it is live', () => {
    expect(() => discardStrategy(published(), NOW)).toThrow(notAllowed);
  });
});
