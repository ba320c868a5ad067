import { aStrategy, aTreatment, anAction } from '../testing/decision.factory';
import type { Capacity } from './capacity';
import { CapacityBook } from './capacity-book';
import { ScarceBook } from './scarce-book';
import { PushGate } from './push-gate';
import { limitTableOf, openLedger, type PushTerms } from './push-terms';
import { candidatesOf } from './strategy';

const strategy = aStrategy({
  quota: 10,
  actions: [
    anAction({ actionId: 'call', treatments: [aTreatment({ channel: 'remote_bank', queue: 'rb' }), aTreatment()] }),
    anAction({ actionId: 'sms', group: 'cards', treatments: [aTreatment({ channel: 'sms' })] }),
  ],
});
const candidates = candidatesOf(strategy);
const [call, app, sms] = candidates;
if (call === undefined || app === undefined || sms === undefined) throw new Error('three candidates are needed');

const capacity = (units: number): Capacity => ({ queue: 'rb', slot: 'w', units, reserved: 1, used: 1 });
const ledgerOf = (terms: Partial<PushTerms> = {}, units = 5) =>
  openLedger(
    candidates,
    { limits: [], costs: [], ...terms },
    new ScarceBook(CapacityBook.of([capacity(units)]), new Map([['s-1', 4]])),
  );
const gateOf = (terms: Partial<PushTerms> = {}, units = 5, kept: Record<string, number> = {}) => {
  const all = { limits: [], costs: [], ...terms };
  const ledger = ledgerOf(all, units);
  const keptOf = Float64Array.from(ledger, ({ id }) => kept[id] ?? 0);
  return new PushGate(candidates, limitTableOf(candidates, all, ledger), new Float64Array(ledger.length), keptOf);
};

describe('the ledger of a push', () => {
  it('holds what is free of queues and quota, and the limits of its own', () => {
    const limits: PushTerms['limits'] = [
      { kind: 'budget', key: '', max: 50 },
      { kind: 'group', key: 'cards', max: 3 },
    ];
    expect(ledgerOf({ limits })).toEqual([
      { id: 'queue:rb', max: 3, used: 0 },
      { id: 'strategy:s-1', max: 6, used: 0 },
      { id: 'budget', max: 50, used: 0 },
      { id: 'group:cards', max: 3, used: 0 },
    ]);
  });

  it('holds what benefit stocks have left, each once, and says whose offers take of it', () => {
    const gifts = candidatesOf(
      aStrategy({
        actions: ['bundle', 'bundle', 'part', 'unheard', ''].map((benefitStockId, index) =>
          anAction({ actionId: `a-${index}`, treatments: [aTreatment({ benefitStockId })] }),
        ),
      }),
    );
    const terms = { limits: [], costs: [] };
    const behind: Record<string, { stockId: string; units: number }[]> = {
      bundle: [
        { stockId: 'bundle', units: 9 },
        { stockId: 'part', units: 1 },
      ],
      part: [{ stockId: 'part', units: 1 }],
    };
    const book = new ScarceBook(CapacityBook.of([]), new Map());
    const ledger = openLedger(gifts, terms, book, (stockId) => behind[stockId] ?? []);
    expect(ledger).toEqual([
      { id: 'stock:bundle', max: 9, used: 0, ofStocks: ['bundle'] },
      { id: 'stock:part', max: 1, used: 0, ofStocks: ['bundle', 'part'] },
    ]);
    const gate = new PushGate(gifts, limitTableOf(gifts, terms, ledger), new Float64Array(2));
    const stops = () => gifts.map((gift) => gate.ofOthers(gift));
    expect(stops()).toEqual([null, null, null, null, null]);
    gate.take(gifts[0]!);
    const gone = 'BENEFIT_EXHAUSTED';
    expect(stops()).toEqual([gone, gone, gone, null, null]);
  });

  it('charges the cost that names most', () => {
    const terms: PushTerms = {
      limits: [{ kind: 'budget', key: '', max: 100 }],
      costs: [
        { channel: '', actionId: '', costMinor: 1 },
        { channel: 'app', actionId: '', costMinor: 20 },
        { channel: '', actionId: 'call', costMinor: 300 },
        { channel: 'remote_bank', actionId: 'call', costMinor: 4 },
      ],
    };
    const table = limitTableOf(candidates, terms, [{ id: 'budget', max: 100, used: 0 }]);
    const used = candidates.map((_, index) => {
      const spent = new Float64Array(1);
      table.take(index, spent);
      return spent[0];
    });
    expect(used).toEqual([4, 300, 1]);
  });
});

describe('the gate of a push', () => {
  it('lets a member of the plan have what was planned, and nothing else', () => {
    const gate = gateOf();
    expect(candidates.map(gate.ofPlanned(app))).toEqual(['OUTRANKED', null, 'OUTRANKED']);
  });

  it('lets a member whose plan fell through have what nobody was planned for', () => {
    const gate = gateOf({}, 5, { 'queue:rb': 2, 'strategy:s-1': 4 });
    expect(candidates.map(gate.ofDisappointed)).toEqual([null, null, null]);
    gate.take(call);
    expect(candidates.map(gate.ofDisappointed)).toEqual(['OUTRANKED', null, null]);
    gate.take(sms);
    expect(candidates.map(gate.ofDisappointed)).toEqual(['OUTRANKED', 'OUTRANKED', 'OUTRANKED']);
    expect(candidates.map(gate.ofOthers)).toEqual([null, null, null]);
  });

  it('lets the others have what is left', () => {
    const gate = gateOf();
    expect(candidates.map(gate.ofOthers)).toEqual([null, null, null]);
    for (let taken = 0; taken < 3; taken += 1) gate.take(call);
    expect(candidates.map(gate.ofOthers)).toEqual(['OUTRANKED', null, null]);
    for (let taken = 0; taken < 3; taken += 1) gate.take(sms);
    expect(candidates.map(gate.ofOthers)).toEqual(['OUTRANKED', 'OUTRANKED', 'OUTRANKED']);
  });

  it('says plainly what nobody can have', () => {
    expect(candidates.map(gateOf({}, 2).ofOthers)).toEqual(['CAPACITY_EXHAUSTED', null, null]);
    const terms: PushTerms = {
      limits: [
        { kind: 'budget', key: '', max: 7 },
        { kind: 'channel', key: 'sms', max: 0 },
      ],
      costs: [{ channel: 'app', actionId: '', costMinor: 8 }],
    };
    expect(candidates.map(gateOf(terms).ofPlanned(call))).toEqual([null, 'BUDGET_EXHAUSTED', 'PUSH_LIMIT_EXHAUSTED']);
  });
});
