import { aCustomer, aFacts, NOW } from '../testing/decision.factory';
import { hasConsent, isRankedNeutrally, refusesProfilingAnywhere } from './consent';
import { unknownCustomer, type Consent } from './customer-state';

const later = new Date(NOW.getTime() + 1000);
const told = (channel: string, isGranted: boolean, changedAt: Date = NOW): Consent => ({
  purpose: 'marketing',
  channel,
  isGranted,
  changedAt,
});
const customerWith = (...consents: Consent[]) => aCustomer({ facts: aFacts({ consents }) });

describe('consent', () => {
  it('is refused without a word', () => {
    expect(hasConsent(unknownCustomer('c-1'), 'marketing', 'app')).toBe(false);
    expect(hasConsent(customerWith(told('sms', true)), 'marketing', 'app')).toBe(false);
  });

  it('is of one purpose', () => {
    expect(hasConsent(customerWith(told('app', true)), 'service', 'app')).toBe(false);
  });

  it('for all channels holds for each of them', () => {
    expect(hasConsent(customerWith(told('*', true)), 'marketing', 'app')).toBe(true);
    expect(hasConsent(customerWith(told('*', false)), 'marketing', 'app')).toBe(false);
  });

  it('follows the later word of the channel and all channels', () => {
    expect(hasConsent(customerWith(told('*', true), told('app', false, later)), 'marketing', 'app')).toBe(false);
    expect(hasConsent(customerWith(told('*', true, later), told('app', false)), 'marketing', 'app')).toBe(true);
    expect(hasConsent(customerWith(told('*', false, later), told('app', true)), 'marketing', 'app')).toBe(false);
    expect(hasConsent(customerWith(told('*', false), told('app', true, later)), 'marketing', 'app')).toBe(true);
  });

  it('is refused when both were said at once', () => {
    expect(hasConsent(customerWith(told('*', true), told('app', false)), 'marketing', 'app')).toBe(false);
    expect(hasConsent(customerWith(told('*', false), told('app', true)), 'marketing', 'app')).toBe(false);
  });
});

describe('a refusal of profiling', () => {
  const refusing = (channel: string) => {
    const { consents } = aFacts();
    const refusal = { purpose: 'profiling', channel, isGranted: false, changedAt: new Date(0) };
    return aCustomer({ facts: aFacts({ consents: [...consents, refusal] }) });
  };

  it('of one channel holds for a ranking over it, and for whatever looks at the customer ahead of decisions', () => {
    const [nobody, app, all] = [aCustomer(), refusing('app'), refusing('*')];
    expect([nobody, app, all].map((one) => isRankedNeutrally(one, ['sms']))).toEqual([false, false, true]);
    expect([nobody, app, all].map((one) => isRankedNeutrally(one, ['sms', 'app']))).toEqual([false, true, true]);
    expect([nobody, app, all].map(refusesProfilingAnywhere)).toEqual([false, true, true]);
  });

  it('that was written through holds before the projection knows it', () => {
    const word = { purpose: 'profiling', channel: 'app', isGranted: false, version: 2 };
    const written = aCustomer({ writtenThrough: { consents: [word], hold: null } });
    expect(refusesProfilingAnywhere(written)).toBe(true);
  });
});
