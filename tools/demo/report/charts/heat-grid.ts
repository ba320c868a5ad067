import { count } from '../format';
import { markup, type Markup } from '../markup';

export interface HeatCell {
  /** 1 to 5. */
  column: number;
  row: number;
  value: number;
}

const [CELL_WIDTH, CELL_HEIGHT, SIDE] = [104, 46, 5];
const ORIGIN = { x: 96, y: 12 };
const QUINTILES = [1, 2, 3, 4, 5];
const [WIDTH, HEIGHT] = [ORIGIN.x + SIDE * CELL_WIDTH + 12, ORIGIN.y + SIDE * CELL_HEIGHT + 52];

/** How many customers lie in each pair of quintiles; 5 is right and at the top. */
export function heatGrid(title: string, xLabel: string, yLabel: string, cells: readonly HeatCell[]): Markup {
  const most = Math.max(...cells.map(({ value }) => value), 1);
  return markup`<svg class="chart small" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${cells.map((cell) => heatCell(cell, most))}
${QUINTILES.map(
  (
    quintile,
  ) => markup`<text class="tick" x="${xOf(quintile) + CELL_WIDTH / 2}" y="${HEIGHT - 30}" text-anchor="middle">${quintile}</text>
<text class="tick" x="${ORIGIN.x - 10}" y="${yOf(quintile) + CELL_HEIGHT / 2 + 4}" text-anchor="end">${quintile}</text>`,
)}
<text class="axis" x="${ORIGIN.x + (SIDE * CELL_WIDTH) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${xLabel}</text>
<text class="axis" transform="translate(24 ${ORIGIN.y + (SIDE * CELL_HEIGHT) / 2}) rotate(-90)" text-anchor="middle">${yLabel}</text>
</svg>`;
}

const xOf = (column: number): number => ORIGIN.x + (column - 1) * CELL_WIDTH;
const yOf = (row: number): number => ORIGIN.y + (SIDE - row) * CELL_HEIGHT;

function heatCell({ column, row, value }: HeatCell, most: number): Markup {
  const strength = value / most;
  return markup`<rect x="${xOf(column) + 1}" y="${yOf(row) + 1}" width="${CELL_WIDTH - 2}" height="${CELL_HEIGHT - 2}" rx="4" fill="#0f766e" fill-opacity="${(
    0.05 +
    0.85 * strength
  ).toFixed(2)}"/>
<text x="${xOf(column) + CELL_WIDTH / 2}" y="${yOf(row) + CELL_HEIGHT / 2 + 5}" text-anchor="middle" class="cell" fill="${
    strength > 0.55 ? '#fff' : '#134e4a'
  }">${count(value)}</text>`;
}
