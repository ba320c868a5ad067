import { markup, type Markup } from '../markup';

export interface ColumnGroup {
  label: string;
  /** One value per series. */
  values: readonly number[];
}

export interface ColumnSeries {
  name: string;
  color: string;
}

const [WIDTH, HEIGHT] = [760, 260];
const AREA = { left: 44, right: 752, top: 34, bottom: 224 };

/** Counts side by side, in groups. */
export function columns(title: string, series: readonly ColumnSeries[], groups: readonly ColumnGroup[]): Markup {
  const most = Math.max(...groups.flatMap(({ values }) => values), 1);
  const top = niceTop(most);
  const step = (AREA.right - AREA.left) / Math.max(groups.length, 1);
  const width = (step * 0.72) / series.length;
  const heightOf = (value: number): number => Math.round((value / top) * (AREA.bottom - AREA.top) * 10) / 10;
  const bars = groups.flatMap(({ values }, g) =>
    values.map((value, s) => {
      const x = Math.round((AREA.left + g * step + step * 0.14 + s * width) * 10) / 10;
      const [y, height] = [AREA.bottom - heightOf(value), heightOf(value)];
      return markup`<rect x="${x}" y="${y}" width="${Math.round(width * 9) / 10}" height="${height}" rx="2" fill="${
        series[s]?.color ?? ''
      }"><title>${value}</title></rect>
<text class="tiny" x="${x + width * 0.45}" y="${y - 4}" text-anchor="middle">${value}</text>`;
    }),
  );
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${[0, top / 2, top].map((tick) => gridLine(tick, AREA.bottom - heightOf(tick)))}
${bars}
${groups.map(
  ({ label }, g) =>
    markup`<text class="tick" x="${Math.round(AREA.left + (g + 0.5) * step)}" y="${AREA.bottom + 18}" text-anchor="middle">${label}</text>`,
)}
${series.map(
  ({ name, color }, s) => markup`<rect x="${AREA.left + s * 210}" y="4" width="12" height="12" rx="2" fill="${color}"/>
<text class="legend" x="${AREA.left + s * 210 + 18}" y="15">${name}</text>`,
)}
</svg>`;
}

const gridLine = (tick: number, y: number): Markup =>
  markup`<line class="grid" x1="${AREA.left}" x2="${AREA.right}" y1="${y}" y2="${y}"/>
<text class="tick" x="${AREA.left - 6}" y="${y + 4}" text-anchor="end">${Math.round(tick)}</text>`;

/** The next round number whose half is round too. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1.2, 1.6, 2, 3, 4, 6, 8, 10].map((step) => step * power).find((candidate) => candidate >= most) ?? 10 * power;
}
