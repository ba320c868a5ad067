import {
  actionMessage,
  momentRuleMessage,
  publish,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../testing/campaigns-harness';

// Goal: a reviewer reads what will be different for customers: no less, and nothing that is not.

let harness: Harness;

beforeAll(async () => {
  harness = await startCampaigns();
});
afterAll(() => harness?.stop());

it('compares what a draft would be published as, its segments put in, with what is published', async () => {
  const { segments, maker, checkerDesk } = harness;
  const strategyId = 'adults';
  segments.set('adults', { all: [{ segment: 'of-age' }, { tag: 'vip' }] });
  segments.set('of-age', { field: 'attributes.age', op: 'gte', value: 18 });
  await maker.putAction({ requestId: 'a', action: actionMessage({ eligibility: { segment: 'of-age' } }) });
  const terms = {
    strategyId,
    segmentId: 'adults',
    momentRules: [momentRuleMessage({ condition: { segment: 'of-age' } })],
  };
  await publish(harness, strategyMessage(terms));
  await maker.updateStrategy({ requestId: 'u', strategy: strategyMessage({ ...terms, version: 1, name: 'Grown up' }) });
  const texts = async () => {
    const { differences } = await checkerDesk.diffStrategyVersions({ strategyId, fromVersion: 0, toVersion: 0 });
    return differences.map(({ text }) => text);
  };
  const renamed = 'The name changes from "Deposit by app" to "Grown up".';
  expect(await texts()).toEqual([renamed]);

  segments.set('of-age', { field: 'attributes.age', op: 'gte', value: 21 });
  expect(await texts()).toEqual([
    renamed,
    'The audience changes from age is at least 18 and the customer has the tag "vip" to age is at least 21 and the customer has the tag "vip".',
    'Moment rule outflow changes from on a fact transaction when age is at least 18, offering deposit to on a fact transaction when age is at least 21, offering deposit.',
    'The eligibility of action deposit changes from age is at least 18 to age is at least 21.',
  ]);

  segments.delete('of-age');
  expect((await texts()).at(-1)).toBe(
    'The eligibility of action deposit changes from age is at least 18 to the customer is in segment "of-age".',
  );
});
