import * as fc from 'fast-check';
import { by, content, NOW, strategy } from '../testing/strategy.factory';
import {
  approveStrategy,
  editStrategy,
  moveStrategy,
  newestOf,
  rejectStrategy,
  rollBackStrategy,
  requireAsSubmitted,
  submitStrategy,
  type Review,
  type Strategy,
} from './strategy';

const review = (overrides: Partial<Review> = {}): Review => ({
  comment: '',
  contentHash: 'hash',
  authorIds: [],
  ...overrides,
});

const published = (): Strategy =>
  approveStrategy(submitStrategy(strategy(), 'hash', NOW), review({ comment: 'fine' }), by('checker')).next;

describe('a strategy', () => {
  it('goes from draft over review to live', () => {
    const live = published();
    expect(live).toMatchObject({
      open: null,
      revision: 1,
      live: { version: 1, state: 'published', reviewedBy: 'checker' },
    });
    expect(live.live?.publishedAt).toEqual(NOW);
  });

  it('is not reviewed by its maker, nor by anyone whose change it carries', () => {
    const edited = editStrategy(strategy(), content({ name: 'Better' }), 1, by('second-maker')).next;
    const waiting = submitStrategy(edited, 'hash', NOW);
    for (const maker of ['maker', 'second-maker']) {
      expect(() => approveStrategy(waiting, review(), by(maker))).toThrow(
        expect.objectContaining({ reason: 'APPROVER_IS_MAKER' }),
      );
      expect(() => rejectStrategy(waiting, 'no', by(maker))).toThrow(
        expect.objectContaining({ reason: 'APPROVER_IS_MAKER' }),
      );
    }
    expect(approveStrategy(waiting, review(), by('checker')).next.live?.version).toBe(2);
  });

  it('is not approved by who wrote an action or a script that comes with it, nor brought back by them later', () => {
    const waiting = submitStrategy(strategy(), 'hash', NOW);
    const byAuthor = () => approveStrategy(waiting, review({ authorIds: ['author'] }), by('author'));
    expect(byAuthor).toThrow(expect.objectContaining({ reason: 'APPROVER_IS_MAKER' }));
    const first = approveStrategy(waiting, review({ authorIds: ['author'] }), by('checker')).next;
    expect(first.live?.makerIds).toEqual(['maker', 'author']);
    const changed = editStrategy(first, content({ name: 'Next' }), 1, by('maker')).next;
    const second = approveStrategy(submitStrategy(changed, 'hash', NOW), review(), by('author'));
    expect(second.next.live?.makerIds).toEqual(['maker']);
    expect(() => rollBackStrategy(second.next, second.closed[0]!, 'back', by('author'))).toThrow(
      expect.objectContaining({ reason: 'APPROVER_IS_MAKER' }),
    );
  });

  it('is approved as it was read and submitted, and not otherwise', () => {
    const waiting = submitStrategy(strategy(), 'hash', NOW);
    expect(() => approveStrategy(waiting, review({ contentHash: 'earlier' }), by('checker'))).toThrow(
      expect.objectContaining({ reason: 'VERSION_CONFLICT' }),
    );
    expect(() => requireAsSubmitted(waiting, 'hash')).not.toThrow();
    expect(() => requireAsSubmitted(waiting, 'other')).toThrow(
      expect.objectContaining({ reason: 'STRATEGY_CHANGED_IN_REVIEW' }),
    );
    const edited = editStrategy(rejectStrategy(waiting, 'no', by('checker')), content(), 1, by('maker')).next;
    expect(edited.open?.contentHash).toBe('');
  });

  it('stays live while a change is drafted, and gives way when that is approved', () => {
    const change = editStrategy(published(), content({ name: 'Next' }), 1, by('checker'));
    expect(change.closed).toEqual([]);
    expect(change.next).toMatchObject({
      live: { version: 1, state: 'published' },
      open: { version: 2, state: 'draft' },
    });
    expect(change.next.open?.makerIds).toEqual(['checker']);
    const { next, closed } = approveStrategy(submitStrategy(change.next, 'hash', NOW), review(), by('maker'));
    expect(next).toMatchObject({ open: null, revision: 2, live: { version: 2, state: 'published' } });
    expect(closed).toMatchObject([{ version: 1, state: 'retired' }]);
  });

  it('stays paused when a change is approved or an earlier version comes back, until somebody resumes it', () => {
    const changed = editStrategy(published(), content({ name: 'Next' }), 1, by('maker')).next;
    const paused = moveStrategy(submitStrategy(changed, 'hash', NOW), 'pause', NOW).next;
    const approved = approveStrategy(paused, review(), by('checker'));
    expect(approved.next.live).toMatchObject({ version: 2, state: 'paused', publishedAt: NOW });
    const [first] = approved.closed;
    if (first === undefined) throw new Error('the first version is closed');
    const back = rollBackStrategy(approved.next, first, 'back', by('checker')).next;
    expect(back.live).toMatchObject({ version: 3, restoredVersion: 1, state: 'paused' });
    expect(moveStrategy(back, 'resume', NOW).next.live?.state).toBe('published');
  });

  it('comes back from review with the comment, for another edit', () => {
    const rejected = rejectStrategy(submitStrategy(strategy(), 'hash', NOW), 'which script?', by('checker'));
    expect(rejected.open).toMatchObject({ state: 'draft', reviewComment: 'which script?', reviewedBy: 'checker' });
    const { next, closed } = editStrategy(rejected, content(), 1, by('maker'));
    expect(next.open).toMatchObject({ version: 2, state: 'draft', reviewComment: 'which script?' });
    expect(closed).toMatchObject([{ version: 1, state: 'retired' }]);
  });

  it('refuses an edit of a version that is not the newest, in review or retired', () => {
    const edit = (of: Strategy, version: number) => () => editStrategy(of, content(), version, by('maker'));
    expect(edit(editStrategy(strategy(), content(), 1, by('other')).next, 1)).toThrow(
      expect.objectContaining({ reason: 'VERSION_CONFLICT', metadata: { version: '2' } }),
    );
    expect(edit(submitStrategy(strategy(), 'hash', NOW), 1)).toThrow(
      expect.objectContaining({ reason: 'STRATEGY_NOT_DRAFT' }),
    );
    const retired = moveStrategy(published(), 'retire', NOW).next;
    expect(edit(retired, 1)).toThrow(expect.objectContaining({ reason: 'STRATEGY_NOT_DRAFT' }));
  });

  it('ends a change that is open when it is retired', () => {
    const changing = editStrategy(published(), content(), 1, by('maker')).next;
    const { next, closed } = moveStrategy(changing, 'retire', NOW);
    expect(next).toMatchObject({ open: null, live: { version: 1, state: 'retired' }, revision: 2 });
    expect(closed).toMatchObject([{ version: 2, state: 'retired' }]);
  });

  it('keeps its promises on any walk', () => {
    const step = fc.tuple(
      fc.constantFrom('edit', 'submit', 'approve', 'reject', 'pause', 'resume', 'retire'),
      fc.constantFrom('ann', 'bo', 'cy'),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let current = strategy();
        for (const [what, actorId] of steps) {
          const before = current;
          try {
            current = walk(current, what, actorId);
          } catch (error) {
            expect(error).toHaveProperty('reason');
            continue;
          }
          const isLiveChanged =
            current.live?.state !== before.live?.state || current.live?.version !== before.live?.version;
          expect(current.revision).toBe(before.revision + (isLiveChanged ? 1 : 0));
          expect(current.newestVersion).toBeGreaterThanOrEqual(newestOf(current).version);
          expect(current.live?.makerIds ?? []).not.toContain(current.live?.reviewedBy);
          if (before.live?.state === 'paused' && what !== 'resume' && what !== 'retire') {
            expect(current.live?.state).toBe('paused');
          }
          expect(['draft', 'in_review', undefined]).toContain(current.open?.state);
          expect(['published', 'paused', 'retired', undefined]).toContain(current.live?.state);
        }
      }),
    );
  });
});

function walk(current: Strategy, what: string, actorId: string): Strategy {
  switch (what) {
    case 'edit':
      return editStrategy(current, content(), newestOf(current).version, by(actorId)).next;
    case 'submit':
      return submitStrategy(current, 'hash', NOW);
    case 'approve':
      return approveStrategy(current, review(), by(actorId)).next;
    case 'reject':
      return rejectStrategy(current, 'no', by(actorId));
    default:
      return moveStrategy(current, what as 'pause' | 'resume' | 'retire', NOW).next;
  }
}
