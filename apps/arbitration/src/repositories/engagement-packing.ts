import type { EngagementVersion } from '../domain/engagement';

type PackedVersion = [scope: EngagementVersion['scope'], key: string, version: number];

/** Many decisions share one list. */
const packed = new WeakMap<readonly EngagementVersion[], string>();

/** Versions of the rules of issues and groups as one text: every decision of a strategy map of dozens of them keeps them all. */
export function packVersions(versions: readonly EngagementVersion[]): string {
  const text =
    packed.get(versions) ??
    JSON.stringify(versions.map(({ scope, key, version }): PackedVersion => [scope, key, version]));
  packed.set(versions, text);
  return text;
}

export const unpackVersions = (text: string): EngagementVersion[] =>
  (JSON.parse(text) as PackedVersion[]).map(([scope, key, version]) => ({ scope, key, version }));
