/** Receives one line of text for a person; no line break. */
export type OnProgress = (line: string) => void;

const QUIET_MS = 2_000;
const REPEAT_MS = 5_000;

/** Runs `work`, telling `onProgress` after two seconds and then every five that it is still going on. */
export async function withProgress<T>(label: string, onProgress: OnProgress, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const tell = () => onProgress(`${label} ... ${Math.round((Date.now() - startedAt) / 1000)} s`);
  let repeat: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    tell();
    repeat = setInterval(tell, REPEAT_MS);
  }, QUIET_MS);
  try {
    return await work();
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
  }
}
