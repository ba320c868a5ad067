import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoReportOf } from './demo-report';
import { htmlPage } from './html-page';
import type { StoryFacts } from './story-facts';

/** Writes the page and the facts, and says where. */
export function writeReport(outDir: string, facts: StoryFacts): { htmlFile: string; jsonFile: string } {
  mkdirSync(outDir, { recursive: true });
  const htmlFile = join(outDir, 'demo-report.html');
  const jsonFile = join(outDir, 'demo-report.json');
  writeFileSync(htmlFile, htmlPage(facts));
  writeFileSync(jsonFile, `${JSON.stringify(demoReportOf(facts), null, 2)}\n`);
  return { htmlFile, jsonFile };
}
