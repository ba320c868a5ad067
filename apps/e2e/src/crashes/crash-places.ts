import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');

/** What begins a transaction, or writes in that of the events it takes. */
const WRITES =
  /\b(?:mongo|this\.mongo)\.(?:transaction|once)\(|new (?:Group|Once)Committer[<(]|execute\([^)]*\btx: Transaction\b/;
const NO_FLOW = /\/(?:domain|repositories|testing)\//;

/** The places of a service's program that write, read from its bundle made for crash tests. */
export class CrashPlaces {
  private readonly bundle: string;
  private readonly map: SourceMap;
  private readonly sources: string[];

  constructor(private readonly service: string) {
    this.bundle = join(root, 'dist', 'crash-tests', service);
    const payload = JSON.parse(readFileSync(join(this.bundle, 'main.js.map'), 'utf8')) as SourceMap['payload'];
    this.map = new SourceMap(payload);
    this.sources = payload.sources;
  }

  /** Files of the service that write and that are at none of these places, `line:column` of its bundle. */
  missedBy(places: ReadonlySet<string>): string[] {
    const passed = new Set([...places].map((place) => this.fileAt(place)));
    return this.sources
      .flatMap((source) => this.nameOf(source) ?? [])
      .filter((name) => !NO_FLOW.test(name) && !passed.has(name))
      .filter((name) => WRITES.test(readFileSync(join(this.appFolder, name), 'utf8')))
      .sort();
  }

  private fileAt(place: string): string | undefined {
    const [line = 0, column = 0] = place.split(':').map(Number);
    const entry = this.map.findEntry(line - 1, column - 1);
    return 'originalSource' in entry ? this.nameOf(entry.originalSource) : undefined;
  }

  /** A source of the bundle as a file of the service; undefined for what is not its own. */
  private nameOf(source: string): string | undefined {
    const name = relative(this.appFolder, join(dirname(join(this.bundle, 'main.js')), source)).replaceAll('\\', '/');
    return name.startsWith('..') ? undefined : name;
  }

  private get appFolder(): string {
    return join(root, 'apps', this.service, 'src');
  }
}
