import { explain, type Told } from './explain';
import { emptyModel, type Request } from './model-state';
import { stocksAt } from './model-stocks';

const NOW = Date.UTC(2026, 2, 2, 4);
const claim: Request = { id: 'claim-0', do: 'claim', stock: 'packet', customer: 'ann' };
const pause: Request = { id: 'set_state-1', do: 'set_state', stock: 'packet', to: 'paused' };
const start = () => [emptyModel(NOW, stocksAt(NOW))];

describe('what explains the answers to requests at once', () => {
  it('is any order of them, and what it leaves', () => {
    const ends = explain(start(), [
      { request: pause, answer: 'paused' },
      { request: claim, answer: 'claimed' },
    ]);
    expect(ends.map(({ instances }) => Object.keys(instances))).toEqual([['claim-0']]);
  });

  it('is nothing when no order of them leads there', () => {
    const paused = explain(start(), [{ request: pause, answer: 'paused' }]);
    expect(explain(paused, [{ request: claim, answer: 'claimed' }])).toEqual([]);
  });

  it('may be that one replica has heard of a pause and refuses what the other grants at that moment', () => {
    const ends = explain(start(), [
      { request: claim, answer: 'STOCK_PAUSED' },
      { request: pause, answer: 'paused' },
      { request: claim, answer: 'claimed' },
    ]);
    expect(ends.map(({ answers }) => answers['claim-0'])).toEqual(['claimed']);
  });

  it('may be that one of two was refused when it saw a link, but not yet the other, which came before the link', () => {
    const link = (customer: string): Told => ({
      request: { id: `link-${customer}`, do: 'link', customer, person: 'xi' },
      answer: 'linked',
    });
    const short = (customer: string, answer: string): Told => ({
      request: { id: `claim-${customer}`, do: 'claim', stock: 'short', customer },
      answer,
    });
    // Two for a person: ann and bo have one, and then cy's counts too.
    const one = [link('ann'), link('bo'), short('bo', 'claimed'), short('cy', 'claimed')];
    const before = one.reduce((states, each) => explain(states, [each]), start());
    const [refused, granted] = [short('ann', 'PERSON_LIMIT_REACHED'), short('ann', 'claimed')];
    const ends = explain(before, [refused, link('cy'), granted]);
    expect(ends.map(({ answers, persons }) => [answers['claim-ann'], persons.cy])).toEqual([['claimed', 'xi']]);
    expect(explain(before, [refused, granted])).toEqual([]);
    expect(explain(before, [refused, refused, link('cy')])).toEqual(explain(before, [refused, link('cy')]));
  });

  it('never is that a later repeat of what was granted is refused', () => {
    const before = explain(start(), [
      { request: claim, answer: 'claimed' },
      { request: pause, answer: 'paused' },
    ]);
    const refused = { request: claim, answer: 'STOCK_PAUSED' };
    expect(explain(before, [refused])).toEqual([]);
    expect(explain(before, [refused, refused])).toEqual([]);
    expect(explain(before, [refused, { request: claim, answer: 'claimed' }])).toEqual([]);
  });
});
