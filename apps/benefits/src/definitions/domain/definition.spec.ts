import { aDefinition } from '../testing/definition.factory';
import { holdsAt, moveDefinition } from './definition';

describe('moveDefinition', () => {
  it('lets somebody else approve a draft, once', () => {
    const active = moveDefinition(aDefinition({ state: 'draft', makerId: 'mia' }), 'approve', 'chen');
    expect(active).toMatchObject({ state: 'active', makerId: 'mia', checkerId: 'chen' });
    expect(() => moveDefinition(active, 'approve', 'chen')).toThrow(
      expect.objectContaining({ reason: 'DEFINITION_MOVE_NOT_ALLOWED' }),
    );
  });

  it('refuses the maker as approver', () => {
    expect(() => moveDefinition(aDefinition({ state: 'draft', makerId: 'mia' }), 'approve', 'mia')).toThrow(
      expect.objectContaining({ reason: 'APPROVER_IS_MAKER' }),
    );
  });

  it('retires what is draft or active, for ever', () => {
    const retired = moveDefinition(aDefinition({ state: 'active' }), 'retire', 'mia');
    expect(retired.state).toBe('retired');
    for (const move of ['approve', 'retire'] as const) {
      expect(() => moveDefinition(retired, move, 'chen')).toThrow(
        expect.objectContaining({ reason: 'DEFINITION_MOVE_NOT_ALLOWED' }),
      );
    }
  });
});

it('holds from its start until just before its end, while active', () => {
  const definition = aDefinition({ validFrom: new Date('2026-03-01Z'), validTo: new Date('2026-04-01Z') });
  const holds = (at: string, state = definition.state) => holdsAt({ ...definition, state }, new Date(at));
  expect([holds('2026-02-28T23:59:59Z'), holds('2026-03-01Z'), holds('2026-04-01Z')]).toEqual([false, true, false]);
  expect(holds('2026-03-02Z', 'retired')).toBe(false);
});
