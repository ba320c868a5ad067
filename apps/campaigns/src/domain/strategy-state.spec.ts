import * as fc from 'fast-check';
import { STRATEGY_MOVES, STRATEGY_STATES, stateAfter, type StrategyMove, type StrategyState } from './strategy-state';

const ALLOWED = [
  'draft submit in_review',
  'draft supersede retired',
  'draft discard retired',
  'in_review approve published',
  'in_review reject draft',
  'in_review withdraw draft',
  'in_review discard retired',
  'published pause paused',
  'published retire retired',
  'published supersede retired',
  'paused resume published',
  'paused retire retired',
  'paused supersede retired',
];

describe('states of a strategy version', () => {
  it('allows these moves and no other', () => {
    const found = STRATEGY_STATES.flatMap((state) =>
      STRATEGY_MOVES.flatMap((move) => {
        try {
          return [`${state} ${move} ${stateAfter(state, move)}`];
        } catch (error) {
          expect(error).toMatchObject({ reason: 'STRATEGY_MOVE_NOT_ALLOWED', metadata: { state, move } });
          return [];
        }
      }),
    );
    expect(found.sort()).toEqual([...ALLOWED].sort());
  });

  it('never goes live without an approval, and never comes back from retired', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<StrategyMove>(...STRATEGY_MOVES), { maxLength: 30 }), (moves) => {
        let state: StrategyState = 'draft';
        let isApproved = false;
        for (const move of moves) {
          const before: StrategyState = state;
          try {
            state = stateAfter(state, move);
          } catch {
            continue;
          }
          expect(before).not.toBe('retired');
          if (move === 'approve') isApproved = true;
          if (state === 'published' || state === 'paused') expect(isApproved).toBe(true);
        }
      }),
    );
  });
});
