import { readBankCalendar, type BankCalendar } from '@tidegate/bank-calendar';

const TOKEN_LENGTH_MAX = 4_096;

/** What may be set from outside; read once. */
export class ArbitrationConfig {
  /** Servers of remote models that may be called: origins (scheme, host, port) and nothing else. */
  readonly modelOrigins: ReadonlySet<string>;
  /** Longest wait for a remote model's answer. */
  readonly modelTimeoutMs: number;
  /** Calls to one remote model under way at once. */
  readonly modelCallsMax: number;
  /** On which days the bank works: quiet hours of days off and shifts follow it. */
  readonly calendar: BankCalendar;
  private readonly tokens: ReadonlyMap<string, string>;

  /** @throws Error naming the variable that is malformed, never its content when that may be secret */
  constructor(env: NodeJS.ProcessEnv = process.env) {
    this.calendar = readBankCalendar(env);
    const addresses = list(env['ARBITRATION_MODEL_ADDRESSES']);
    this.modelOrigins = new Set(addresses.map((address) => requireOrigin(address, 'ARBITRATION_MODEL_ADDRESSES')));
    this.tokens = new Map(list(env['ARBITRATION_MODEL_TOKENS']).map(toToken));
    this.modelTimeoutMs = whole(env, 'ARBITRATION_MODEL_TIMEOUT_MS', { min: 10, max: 60_000, fallback: 2_000 });
    this.modelCallsMax = whole(env, 'ARBITRATION_MODEL_CALLS_MAX', { min: 1, max: 32, fallback: 4 });
  }

  /** Bearer token for a server; undefined for none. */
  tokenOf(origin: string): string | undefined {
    return this.tokens.get(origin);
  }
}

/** Scheme, host and port of an address that says nothing more; null otherwise. */
export function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isPlain = url.pathname === '/' && url.search === '' && url.hash === '' && url.username + url.password === '';
  return isPlain && (url.protocol === 'http:' || url.protocol === 'https:') ? url.origin : null;
}

const list = (text = ''): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function requireOrigin(address: string, variable: string): string {
  const origin = originOf(address);
  if (origin === null) throw new Error(`${variable} must list addresses like https://models.example:8443`);
  return origin;
}

/** `<origin>=<token>` */
function toToken(entry: string): [string, string] {
  const at = entry.indexOf('=');
  const token = entry.slice(at + 1);
  if (at <= 0 || token === '' || token.length > TOKEN_LENGTH_MAX) {
    throw new Error('ARBITRATION_MODEL_TOKENS must list entries like https://models.example:8443=token');
  }
  return [requireOrigin(entry.slice(0, at), 'ARBITRATION_MODEL_TOKENS'), token];
}

function whole(env: NodeJS.ProcessEnv, name: string, limits: { min: number; max: number; fallback: number }): number {
  const text = env[name];
  if (!text) return limits.fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < limits.min || value > limits.max) {
    throw new Error(`${name} must be a whole number from ${limits.min} to ${limits.max}: ${text}`);
  }
  return value;
}
