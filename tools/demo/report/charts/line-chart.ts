import { percent } from '../format';
import { markup, type Markup } from '../markup';

export interface LineSeries {
  name: string;
  color: string;
  isDashed?: boolean;
  /** Shares from 0 to 1, in order of x. */
  points: readonly { x: number; y: number }[];
}

export interface LineChart {
  title: string;
  xLabel: string;
  yLabel: string;
  series: readonly LineSeries[];
  /** Single points that were really reached. */
  marks: readonly { x: number; y: number; label: string; color: string }[];
}

const [WIDTH, HEIGHT] = [760, 420];
const AREA = { left: 62, right: 742, top: 18, bottom: 364 };
const TICKS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

const across = (x: number): number => Math.round((AREA.left + x * (AREA.right - AREA.left)) * 10) / 10;
const up = (y: number): number => Math.round((AREA.bottom - y * (AREA.bottom - AREA.top)) * 10) / 10;

/** Shares against shares, both axes from 0 to 100 %. */
export function lineChart({ title, xLabel, yLabel, series, marks }: LineChart): Markup {
  const grid = TICKS.map(
    (tick) => markup`<line class="grid" x1="${across(tick)}" y1="${AREA.top}" x2="${across(tick)}" y2="${AREA.bottom}"/>
<line class="grid" x1="${AREA.left}" y1="${up(tick)}" x2="${AREA.right}" y2="${up(tick)}"/>
<text class="tick" x="${across(tick)}" y="${AREA.bottom + 20}" text-anchor="middle">${percent(tick, 0)}</text>
<text class="tick" x="${AREA.left - 8}" y="${up(tick) + 4}" text-anchor="end">${percent(tick, 0)}</text>`,
  );
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${grid}
${series.map(line)}
${marks.map(mark)}
${legend(series)}
<text class="axis" x="${(AREA.left + AREA.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${xLabel}</text>
<text class="axis" transform="translate(15 ${(AREA.top + AREA.bottom) / 2}) rotate(-90)" text-anchor="middle">${yLabel}</text>
</svg>`;
}

const line = ({ points, color, isDashed = false }: LineSeries): Markup =>
  markup`<polyline fill="none" stroke="${color}" stroke-width="${isDashed ? 1.8 : 3}" stroke-linejoin="round" stroke-dasharray="${
    isDashed ? '6 5' : 'none'
  }" points="${points.map(({ x, y }) => `${across(x)},${up(y)}`).join(' ')}"/>`;

const mark = ({ x, y, label, color }: LineChart['marks'][number]): Markup =>
  markup`<circle cx="${across(x)}" cy="${up(y)}" r="6" fill="${color}" stroke="#fff" stroke-width="2"/>
<text class="mark" x="${across(x) + 12}" y="${up(y) + 4}">${label}</text>`;

function legend(series: readonly LineSeries[]): Markup {
  const [x, top] = [AREA.right - 262, AREA.bottom - 22 * series.length - 12];
  const rows = series.map(
    ({ name, color, isDashed = false }, i) =>
      markup`<line x1="${x + 14}" x2="${x + 44}" y1="${top + 18 + 22 * i}" y2="${top + 18 + 22 * i}" stroke="${color}" stroke-width="3" stroke-dasharray="${
        isDashed ? '6 5' : 'none'
      }"/>
<text class="legend" x="${x + 54}" y="${top + 22 + 22 * i}">${name}</text>`,
  );
  return markup`<rect class="legend-box" x="${x}" y="${top}" width="252" height="${22 * series.length + 12}" rx="6"/>${rows}`;
}
