import { FtrlRegression, type FtrlSettings } from './ftrl';
import { FtrlCommittee } from './ftrl-committee';

const at = (alpha: number): FtrlSettings => ({ alpha, beta: 1, l1: 0, l2: 0, retention: 1 });
const teach = (model: { learn(slots: number[], outcome: boolean): number }, from: number, to: number): void => {
  for (let i = from; i < to; i += 1) model.learn([0, 1 + (i % 7)], (i * i + i) % 11 < 3);
};

describe('FtrlCommittee', () => {
  it('of one is that one', () => {
    const alone = new FtrlRegression(at(0.1));
    const committee = new FtrlCommittee([at(0.1)]);
    teach(alone, 0, 300);
    teach(committee, 0, 300);
    expect(committee.predict([0, 3])).toBe(alone.predict([0, 3]));
    expect(committee.weight(3)).toBe(alone.weight(3));
  });

  it('hears all alike before any outcome, and then those who foresaw best', () => {
    const committee = new FtrlCommittee([at(0.001), at(0.5)]);
    expect(committee.listeningShares()).toEqual([0.5, 0.5]);
    for (let i = 0; i < 200; i += 1) committee.learn([0], true);
    expect(committee.listeningShares()[1]).toBeGreaterThan(0.99);
    expect(committee.predict([0])).toBeGreaterThan(0.9);
  });

  it('changes its mind when the outcomes do', () => {
    // Coin tosses punish the learner that chases each of them; then a steady run rewards it.
    const committee = new FtrlCommittee([at(0.01), at(2)]);
    for (let i = 0; i < 2000; i += 1) committee.learn([0], ((i * 7919) % 1009) % 2 === 0);
    expect(committee.listeningShares()[0]).toBeGreaterThan(0.9);
    for (let i = 0; i < 600; i += 1) committee.learn([0], true);
    expect(committee.listeningShares()[1]).toBeGreaterThan(0.9);
  });

  it('gives each slot one weight, so that a logit is their sum', () => {
    const committee = new FtrlCommittee([at(0.02), at(0.2)]);
    teach(committee, 0, 100);
    const logit = committee.weight(0) + committee.weight(4);
    expect(committee.predict([0, 4])).toBeCloseTo(1 / (1 + Math.exp(-logit)), 12);
  });

  it('goes on from its state exactly where it stopped', () => {
    const settings = [at(0.02), at(0.2), at(1)];
    const committee = new FtrlCommittee(settings);
    teach(committee, 0, 150);
    const copy = FtrlCommittee.from(settings, committee.state());
    teach(committee, 150, 200);
    teach(copy, 150, 200);
    expect(copy.state()).toEqual(committee.state());
    expect(copy.predict([0, 2])).toBe(committee.predict([0, 2]));
  });

  it.each([0, 9])('refuses %d learners', (count) => {
    expect(() => new FtrlCommittee(Array<FtrlSettings>(count).fill(at(0.1)))).toThrow(
      expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
    );
  });
});
