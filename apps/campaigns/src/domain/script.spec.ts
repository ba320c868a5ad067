import { action, script, treatment } from '../testing/action.factory';
import { writeAction } from './action';
import { writeScript } from './script';

describe('scripts', () => {
  it('count versions up', () => {
    expect(writeScript(null, script(), 'ann').version).toBe(1);
    expect(writeScript(script({ version: 4 }), script(), 'ann').version).toBe(5);
    const authors = [{ actorId: 'ann', version: 4 }];
    const written = [...authors, { actorId: 'bo', version: 5 }];
    expect(writeScript(script({ version: 4, authors }), script(), 'bo').authors).toEqual(written);
    expect(writeAction(action({ version: 4, authors }), action(), 0, 'bo').authors).toEqual(written);
  });

  it('refuse variables that there are not, in every text', () => {
    const draft = script({
      opening: 'Hello {{customer.name}}',
      objections: [{ objection: 'Why?', answer: '{{bank}}' }],
      nextStep: '{{',
    });
    expect(() => writeScript(null, draft, 'ann')).toThrow(
      expect.objectContaining({
        reason: 'SCRIPT_VARIABLE_UNKNOWN',
        violations: [
          { field: 'script.opening', description: 'there is no variable {{customer.name}}' },
          { field: 'script.objections.0.answer', description: 'there is no variable {{bank}}' },
          { field: 'script.nextStep', description: 'braces without a partner at "{{"' },
        ],
      }),
    );
  });
});

describe('actions', () => {
  it('count versions up and refuse a stale replacement', () => {
    expect(writeAction(null, action(), 0, 'ann').version).toBe(1);
    expect(writeAction(action({ version: 2 }), action(), 2, 'ann').version).toBe(3);
    expect(writeAction(action({ version: 2 }), action(), 0, 'ann').version).toBe(3);
    expect(() => writeAction(action({ version: 2 }), action(), 1, 'ann')).toThrow(
      expect.objectContaining({ reason: 'VERSION_CONFLICT' }),
    );
  });

  it('let a text name the agent only where there is one', () => {
    const says = (channel: string) => action({ treatments: [treatment({ channel, body: 'I am {{agent.name}}' })] });
    expect(writeAction(null, says('branch'), 0, 'ann').treatments[0]?.body).toContain('agent');
    expect(() => writeAction(null, says('app'), 0, 'ann')).toThrow(
      expect.objectContaining({
        reason: 'SCRIPT_VARIABLE_UNKNOWN',
        violations: [{ field: 'action.treatments.0.body', description: 'there is no variable {{agent.name}}' }],
      }),
    );
  });

  it('say nothing of the customer at a merchant’s till', () => {
    const says = (channel: string) =>
      action({ treatments: [treatment({ channel, body: '{{customer.attributes.tier}}' })] });
    expect(writeAction(null, says('app'), 0, 'ann').version).toBe(1);
    expect(() => writeAction(null, says('merchant'), 0, 'ann')).toThrow(
      expect.objectContaining({
        reason: 'SCRIPT_VARIABLE_UNKNOWN',
        violations: [
          { field: 'action.treatments.0.body', description: 'there is no variable {{customer.attributes.tier}}' },
        ],
      }),
    );
  });
});
