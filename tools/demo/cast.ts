/** Who plays: ids of the demo bank that several steps and the report share. */
export const REMOTE_BANK = 'hq/remote-bank';

export const TERM_DEPOSIT = {
  strategyId: 'term-deposit',
  actionId: 'term-deposit-call',
  scriptId: 'term-deposit-talk',
  modelSlot: 'term-deposit',
  queue: 'remote-deposits',
  segmentId: 'term-deposit-prospects',
  historyFactType: 'campaign-outcome',
} as const;

export const OUTFLOW = {
  strategyId: 'large-outflow',
  actionId: 'large-outflow-visit',
  scriptId: 'large-outflow-talk',
  ruleId: 'large-outflow',
  queue: 'branch-care',
} as const;

export const SALARY = { strategyId: 'large-salary', actionId: 'large-salary-message', ruleId: 'large-salary' } as const;

export const RED_PACKET = { stockId: 'autumn-red-packet', segmentId: 'app-active', currency: 'CNY' } as const;

export interface SeatPlace {
  seatId: string;
  agentId: string;
  orgPath: string;
  queue: string;
  skill: string;
  capacity: number;
}

const REMOTE_SEATS = 25;
const BRANCHES_WITH_SEATS = ['hq/prague', 'hq/south-moravia', 'hq/north-moravia', 'hq/central-bohemia'];

const number = (i: number): string => String(i + 1).padStart(2, '0');

/** Seats of the remote-bank centre. */
export const remoteSeats: readonly SeatPlace[] = Array.from({ length: REMOTE_SEATS }, (_, i) => ({
  seatId: `remote-${number(i)}`,
  agentId: `agent-remote-${number(i)}`,
  orgPath: REMOTE_BANK,
  queue: TERM_DEPOSIT.queue,
  skill: 'deposits',
  capacity: 4,
}));

export const branchSeats: readonly SeatPlace[] = BRANCHES_WITH_SEATS.map((orgPath, i) => ({
  seatId: `branch-${number(i)}`,
  agentId: `agent-branch-${number(i)}`,
  orgPath,
  queue: OUTFLOW.queue,
  skill: 'advice',
  capacity: 3,
}));

export interface DemoMerchant {
  merchantId: string;
  name: string;
  orgPath: string;
  settlementAccount: string;
  stores: { storeId: string; name: string; longitude: number; latitude: number; clerkId: string; clerkName: string }[];
}

const store = (storeId: string, name: string, longitude: number, latitude: number, clerkName: string) => ({
  storeId,
  name,
  longitude,
  latitude,
  clerkId: `${storeId}-clerk`,
  clerkName,
});

/** Merchants that take red packets. They belong to the story: no data set tells of them. */
export const merchants: readonly DemoMerchant[] = [
  {
    merchantId: 'old-town-bakery',
    name: 'Old Town Bakery',
    orgPath: 'hq/prague',
    settlementAccount: 'CZ-DEMO-0001',
    stores: [
      store('bakery-square', 'Bakery on the Square', 14.4208, 50.0875, 'Jana'),
      store('bakery-bridge', 'Bakery at the Bridge', 14.4114, 50.0865, 'Petr'),
    ],
  },
  {
    merchantId: 'green-grocer',
    name: 'Green Grocer',
    orgPath: 'hq/south-moravia',
    settlementAccount: 'CZ-DEMO-0002',
    stores: [
      store('grocer-market', 'Grocer at the Market', 16.6093, 49.1922, 'Eva'),
      store('grocer-station', 'Grocer at the Station', 16.6127, 49.1906, 'Karel'),
    ],
  },
  {
    merchantId: 'river-cinema',
    name: 'River Cinema',
    orgPath: 'hq/north-moravia',
    settlementAccount: 'CZ-DEMO-0003',
    stores: [store('cinema-river', 'Cinema by the River', 18.2625, 49.8209, 'Lucie')],
  },
];
