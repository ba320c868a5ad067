import { markup, type Markup } from '../markup';

export interface BarRow {
  label: string;
  value: number;
  /** Shown behind the bar. */
  text: string;
  color: string;
}

const [WIDTH, ROW_HEIGHT] = [760, 30];
const [LABEL_WIDTH, TEXT_WIDTH] = [270, 130];
const BAR_WIDTH = WIDTH - LABEL_WIDTH - TEXT_WIDTH;

/** Amounts as bars side by side, one under the other. */
export function barRows(title: string, rows: readonly BarRow[]): Markup {
  const most = Math.max(...rows.map(({ value }) => value), 1);
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${rows.length * ROW_HEIGHT + 4}" role="img" aria-label="${title}">
${rows.map((row, i) => barRow(row, i * ROW_HEIGHT, most))}
</svg>`;
}

function barRow({ label, value, text, color }: BarRow, y: number, most: number): Markup {
  // What is there is seen, however small.
  const width = value === 0 ? 0 : Math.max(2, Math.round((value / most) * BAR_WIDTH));
  return markup`<text class="label" x="${LABEL_WIDTH - 12}" y="${y + 20}" text-anchor="end">${label}</text>
<rect x="${LABEL_WIDTH}" y="${y + 5}" width="${width}" height="20" rx="3" fill="${color}"/>
<text class="value" x="${LABEL_WIDTH + width + 8}" y="${y + 20}">${text}</text>`;
}
