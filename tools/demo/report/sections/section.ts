import { markup, type Markup, type MarkupValue } from '../markup';

/** A part of the page: English title, the business term in Chinese, one paragraph, and what it shows. */
export const section = (title: string, term: string, intro: MarkupValue, content: readonly Markup[]): Markup =>
  markup`<section><h2>${title} <small lang="zh">${term}</small></h2><p>${intro}</p>${content}</section>
`;

export const part = (title: string, term: string, content: Markup): Markup =>
  markup`<h3>${title} <small lang="zh">${term}</small></h3>${content}`;

/** The first column, and those named in `texts`, are words; the others are numbers. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly MarkupValue[])[],
  texts: readonly number[] = [],
): Markup {
  const side = (column: number): string => (texts.includes(column) ? 'text' : '');
  return markup`<div class="scroll"><table><thead><tr>${heads.map((head, i) => markup`<th class="${side(i)}">${head}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => markup`<tr>${row.map((value, i) => markup`<td class="${side(i)}">${value}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

export const note = (text: MarkupValue): Markup => markup`<p class="note">${text}</p>`;
