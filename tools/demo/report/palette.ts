export const PALETTE = {
  arbitration: '#0f766e',
  staticModel: '#b45309',
  fileOrder: '#64748b',
  random: '#94a3b8',
  reached: '#be123c',
  bar: '#0f766e',
  stopped: '#cbd5e1',
  warning: '#b45309',
} as const;

export const STYLE = `
:root { color-scheme: light; --ink: #0f172a; --soft: #475569; --faint: #e2e8f0; --paper: #ffffff; --ground: #f4f6f5; --accent: #0f766e; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 "Segoe UI", system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; }
header.page { background: #0b3b37; color: #fff; padding: 40px 24px 88px; }
header.page > div, main { max-width: 1040px; margin: 0 auto; }
header.page h1 { margin: 0 0 6px; font-size: 30px; letter-spacing: -0.01em; }
header.page p { margin: 0; color: #b8d8d3; max-width: 70ch; }
main { padding: 0 24px 64px; margin-top: -56px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(215px, 1fr)); gap: 14px; margin-bottom: 22px; }
.tile, section { background: var(--paper); border: 1px solid var(--faint); border-radius: 12px; }
.tile { padding: 16px 18px; }
.tile b { display: block; font-size: 24px; white-space: nowrap; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 13px; }
section { padding: 26px 28px; margin-bottom: 22px; }
h2 { margin: 0 0 4px; font-size: 21px; }
h2 small, h3 small { color: var(--soft); font-weight: 500; font-size: 0.8em; margin-left: 6px; }
h3 { margin: 26px 0 8px; font-size: 16px; }
section > p { margin: 6px 0 16px; color: var(--soft); max-width: 78ch; }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 10px; text-align: right; border-bottom: 1px solid var(--faint); vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
th { color: var(--soft); font-weight: 600; font-size: 13px; }
td.text, th.text { text-align: left; }
td:not(:first-child):not(.text) { white-space: nowrap; }
.scroll { overflow-x: auto; }
code { background: #eef2f1; border-radius: 4px; padding: 1px 5px; font-size: 0.88em; overflow-wrap: anywhere; }
.note { border-left: 4px solid var(--accent); background: #f0f7f6; padding: 10px 16px; border-radius: 0 8px 8px 0; margin: 14px 0 0; }
ul { margin: 8px 0 0; padding-left: 22px; color: var(--soft); }
.chart { width: 100%; height: auto; display: block; }
.chart.small { max-width: 640px; }
svg { fill: var(--ink); }
svg text { font-family: inherit; font-size: 13px; }
svg .cell { font-weight: 600; }
svg .tick, svg .axis, svg .tiny { fill: var(--soft); }
svg .tick { font-size: 12px; } svg .tiny { font-size: 11px; } svg .mark { font-weight: 600; font-size: 14px; }
svg .grid { stroke: var(--faint); stroke-width: 1; }
svg .legend-box { fill: #fff; stroke: var(--faint); }
@media print { body { background: #fff; } section, .tile { break-inside: avoid; } }
`;
