import { Circuit, FAILURES_MAX, OPEN_MS } from './circuit';
import { NOON } from '../testing/delivery.factory';

const later = (ms: number): Date => new Date(NOON.getTime() + ms);

describe('a circuit', () => {
  const failing = (): Circuit => {
    const circuit = new Circuit();
    for (let i = 0; i < FAILURES_MAX; i += 1) circuit.report(false, NOON);
    return circuit;
  };

  it('stays closed while failures are not in a row', () => {
    const circuit = new Circuit();
    for (let i = 0; i < 20; i += 1) circuit.report(i % FAILURES_MAX === FAILURES_MAX - 1, NOON);
    expect(circuit.blockedUntil(NOON)).toBeUndefined();
  });

  it('opens after failures in a row, then lets one attempt try', () => {
    const circuit = failing();
    expect(circuit.blockedUntil(NOON)).toEqual(later(OPEN_MS));
    expect(circuit.blockedUntil(later(OPEN_MS))).toBeUndefined();
    expect(circuit.blockedUntil(later(OPEN_MS))).toEqual(later(2 * OPEN_MS));
  });

  it('closes when the try succeeds and opens again when it fails', () => {
    const circuit = failing();
    circuit.blockedUntil(later(OPEN_MS));
    circuit.report(false, later(OPEN_MS));
    expect(circuit.blockedUntil(later(OPEN_MS + 1))).toEqual(later(2 * OPEN_MS));
    circuit.blockedUntil(later(2 * OPEN_MS));
    circuit.report(true, later(2 * OPEN_MS));
    expect(circuit.blockedUntil(later(2 * OPEN_MS))).toBeUndefined();
  });
});
