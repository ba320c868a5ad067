/** Texts of which many are the same: each different one once, and which one each row has. */
export interface PackedTexts {
  texts: string[];
  rows: number[];
}

export function packTexts(values: readonly string[]): PackedTexts {
  const indexes = new Map<string, number>();
  const rows = values.map((value) => {
    const known = indexes.get(value);
    if (known !== undefined) return known;
    indexes.set(value, indexes.size);
    return indexes.size - 1;
  });
  return { texts: [...indexes.keys()], rows };
}

export const unpackTexts = ({ texts, rows }: PackedTexts): string[] => rows.map((row) => texts[row] ?? '');
