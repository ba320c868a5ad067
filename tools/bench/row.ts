/** One figure: ours beside the floor of the same run. */
export interface BenchRow {
  name: string;
  unit: string;
  ours: number;
  floor: number;
  /** ours / floor. */
  ratio: number;
  /** What the ratio (or, where said, ours) must reach, in words such as `>= 0.4`. */
  target: string;
  met: boolean;
}

type Comparison = '>=' | '<=';

/** A figure judged by its ratio to the floor. */
export function byRatio(
  name: string,
  unit: string,
  ours: number,
  floor: number,
  is: Comparison,
  bound: number,
): BenchRow {
  const ratio = ours / floor;
  return {
    name,
    unit,
    ours,
    floor,
    ratio,
    target: `ratio ${is} ${bound}`,
    met: is === '>=' ? ratio >= bound : ratio <= bound,
  };
}

/** A figure judged by itself; the floor is shown for comparison. */
export function byValue(
  name: string,
  unit: string,
  ours: number,
  floor: number,
  is: Comparison,
  bound: number,
): BenchRow {
  return {
    name,
    unit,
    ours,
    floor,
    ratio: ours / floor,
    target: `${is} ${bound} ${unit}`,
    met: is === '>=' ? ours >= bound : ours <= bound,
  };
}
