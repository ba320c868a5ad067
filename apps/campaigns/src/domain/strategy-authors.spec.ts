import { action, script, segment } from '../testing/action.factory';
import { withAuthor } from './authorship';
import { authorsSince } from './strategy-authors';
import type { CompiledStrategy } from './strategy-snapshot';

const compiled = (actionVersion: number, scriptVersion: number): CompiledStrategy => ({
  actions: [action({ version: actionVersion, authors: ANN_THEN_BO })],
  audience: null,
  momentRules: [],
  scriptVersions: { call: scriptVersion },
  segmentVersions: {},
});
const ANN_THEN_BO = [
  { actorId: 'ann', version: 2 },
  { actorId: 'bo', version: 3 },
];
const spoken = (version: number) => ({
  scripts: [script({ version, authors: [{ actorId: 'cy', version }] })],
  segments: [],
});

describe('authors of what a strategy brings', () => {
  it('are kept with the newest version of each', () => {
    const first = withAuthor([], 'ann', 1);
    expect(withAuthor(withAuthor(first, 'bo', 2), 'ann', 3)).toEqual([
      { actorId: 'bo', version: 2 },
      { actorId: 'ann', version: 3 },
    ]);
  });

  it('are all of them where nothing is live', () => {
    expect(authorsSince(null, compiled(3, 1), spoken(1))).toEqual(['ann', 'bo', 'cy']);
  });

  it('are those since what is live', () => {
    expect(authorsSince(compiled(2, 1), compiled(3, 1), spoken(1))).toEqual(['bo']);
    expect(authorsSince(compiled(1, 1), compiled(3, 2), spoken(2))).toEqual(['ann', 'bo', 'cy']);
    expect(authorsSince(compiled(3, 1), compiled(3, 1), spoken(1))).toEqual([]);
  });

  it('are those of its segments too', () => {
    const named = { scripts: [], segments: [segment({ segmentId: 'rich', version: 3, authors: ANN_THEN_BO })] };
    const live = (version: number) => ({ ...compiled(3, 1), segmentVersions: { rich: version } });
    expect(authorsSince({ ...compiled(3, 1), segmentVersions: {} }, live(3), named)).toEqual(['ann', 'bo']);
    expect(authorsSince(live(2), live(3), named)).toEqual(['bo']);
    expect(authorsSince(live(3), live(3), named)).toEqual([]);
  });

  it('are all of an older version that comes back', () => {
    expect(authorsSince(compiled(3, 4), compiled(3, 1), spoken(1))).toEqual(['cy']);
  });
});
