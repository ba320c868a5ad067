import type { WalletClients } from './clients';
import type { Request } from './model-state';
import type { WalletNames } from './wallet-names';

/** Says to the service what a request of the model is, and in the model's words what came of it. */
export type Sender<D extends Request['do']> = (
  request: Request & { do: D },
  to: { clients: WalletClients; names: WalletNames; requestId: string },
) => Promise<string>;

export type Senders<D extends Request['do']> = { [E in D]: Sender<E> };
