import { eventually } from '@tidegate/testing';

export interface SeatMessage {
  event: string;
  data: { lead?: { leadId: string; customerId: string; state: string }; openLeads?: { leadId: string }[] };
}

/** A workbench that listens to its seat. Source: HTML Living Standard, 9.2 Server-sent events. */
export class SeatStream {
  readonly messages: SeatMessage[] = [];
  private readonly abort = new AbortController();
  private rest = '';

  static async open(url: string, token: string): Promise<SeatStream> {
    const stream = new SeatStream();
    const { signal } = stream.abort;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
    if (!response.ok || !response.body)
      throw new Error(`the stream was answered ${response.status}: ${await response.text()}`);
    void stream.read(response.body).catch(() => undefined);
    return stream;
  }

  /** The first message of a kind that there is or will be. */
  next(event: string): Promise<SeatMessage> {
    return eventually(() => {
      const found = this.messages.find((message) => message.event === event);
      if (!found) throw new Error(`no ${event} yet; heard ${this.messages.map((message) => message.event).join(', ')}`);
      return found;
    });
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      this.rest += decoder.decode(chunk, { stream: true });
      const blocks = this.rest.split('\n\n');
      this.rest = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const fields = new Map(
      block.split('\n').flatMap((line): [string, string][] => {
        const at = line.indexOf(': ');
        return at > 0 ? [[line.slice(0, at), line.slice(at + 2)]] : [];
      }),
    );
    const event = fields.get('event');
    if (event) this.messages.push({ event, data: JSON.parse(fields.get('data') ?? '{}') as SeatMessage['data'] });
  }
}
