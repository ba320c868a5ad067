import { action, script, treatment } from '../testing/action.factory';
import { writeAction } from './action';
import { writeScript } from './script';

describe('scripts', () => {
  it('count versions up', () => {
    expect(writeScript(0, script()).version).toBe(1);
    expect(writeScript(4, script()).version).toBe(5);
  });

  it('refuse variables that there are not, in every text', () => {
    const draft = script({
      opening: 'Hello {{customer.name}}',
      objections: [{ objection: 'Why?', answer: '{{bank}}' }],
      nextStep: '{{',
    });
    expect(() => writeScript(0, draft)).toThrow(
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
    expect(writeAction(null, action(), 0).version).toBe(1);
    expect(writeAction(action({ version: 2 }), action(), 2).version).toBe(3);
    expect(writeAction(action({ version: 2 }), action(), 0).version).toBe(3);
    expect(() => writeAction(action({ version: 2 }), action(), 1)).toThrow(
      expect.objectContaining({ reason: 'VERSION_CONFLICT' }),
    );
  });

  it('let a text name the agent only where there is one', () => {
    const says = (channel: string) => action({ treatments: [treatment({ channel, body: 'I am {{agent.name}}' })] });
    expect(writeAction(null, says('branch'), 0).treatments[0]?.body).toContain('agent');
    expect(() => writeAction(null, says('app'), 0)).toThrow(
      expect.objectContaining({
        reason: 'SCRIPT_VARIABLE_UNKNOWN',
        violations: [{ field: 'action.treatments.0.body', description: 'there is no variable {{agent.name}}' }],
      }),
    );
  });

  it('say nothing of the customer at a merchant’s till', () => {
    const says = (channel: string) =>
      action({ treatments: [treatment({ channel, body: '{{customer.attributes.tier}}' })] });
    expect(writeAction(null, says('app'), 0).version).toBe(1);
    expect(() => writeAction(null, says('merchant'), 0)).toThrow(
      expect.objectContaining({
        reason: 'SCRIPT_VARIABLE_UNKNOWN',
        violations: [
          { field: 'action.treatments.0.body', description: 'there is no variable {{customer.attributes.tier}}' },
        ],
      }),
    );
  });
});
