import { spawn, type ChildProcess } from 'node:child_process';

// Reads "+pid" and "-pid" lines. Its input ends when the parent ends, however hard; then whatever is left is ended.
const SCRIPT = `
pids=' '
while read -r line; do
  pid="\${line#?}"
  case "$line" in
    +*) pids="$pids$pid " ;;
    -*) case "$pids" in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
kill -TERM $pids 2>/dev/null
n=0
while [ $n -lt 100 ]; do
  alive=
  for pid in $pids; do kill -0 $pid 2>/dev/null && alive="$alive $pid"; done
  [ -z "$alive" ] && exit 0
  pids="$alive"
  sleep 0.1
  n=$((n+1))
done
kill -KILL $pids 2>/dev/null
`;

/**
 * Ends the watched children when this process dies without being able to (`kill -9`, out of memory). A small shell in
 * its own session waits on a pipe that only this process holds. Where there is no `sh`, the next start on the same
 * data folder does the work by the recorded process numbers.
 */
export class OrphanGuard {
  private shell: ChildProcess | null = null;

  watch(pid: number): void {
    this.tell(`+${pid}`);
  }

  unwatch(pid: number): void {
    this.tell(`-${pid}`);
  }

  /** Lets the shell go; children still watched are ended by it. */
  close(): void {
    this.shell?.stdin?.end();
    this.shell = null;
  }

  private tell(line: string): void {
    if (process.platform === 'win32') return;
    this.shell ??= this.start();
    this.shell.stdin?.write(`${line}\n`);
  }

  private start(): ChildProcess {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    shell.on('error', () => undefined);
    shell.stdin?.on('error', () => undefined);
    shell.unref();
    (shell.stdin as { unref?: () => void } | null)?.unref?.();
    return shell;
  }
}
