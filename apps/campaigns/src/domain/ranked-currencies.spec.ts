import { rivalsOf } from './ranked-currencies';

it('ranks beside strategies of the same organisation, of those above it and of those below it', () => {
  const paths = ['hq', 'hq/east', 'hq/east/one', 'hq/eastern', 'hq/west'];
  const live = paths.map((orgPath) => ({ strategyId: orgPath, orgPath, currencies: ['CNY'] }));
  const own = { strategyId: 'own', orgPath: 'hq/east', currencies: ['CNY'] };
  expect(rivalsOf(own, [own, ...live]).map(({ orgPath }) => orgPath)).toEqual(['hq', 'hq/east', 'hq/east/one']);
});
