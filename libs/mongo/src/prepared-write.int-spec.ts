import { randomBytes } from 'node:crypto';
import { Schema } from 'mongoose';
import { Mongo } from './mongo';
import { prepareInsert, prepareReplace, whileSending } from './prepared-write';

// Goal: what is made ready before it is sent is stored as any insert in a transaction is.

interface Note {
  _id: string;
  at: Date;
  lines: string[];
}
const schema = new Schema<Note>({ _id: String, at: Date, lines: [String] }, { versionKey: false });
const database = `t${randomBytes(5).toString('hex')}_prepared`;
let mongo: Mongo;
const notes = () => mongo.model<Note>('Note', schema);
const stored = (): Promise<Note[]> => notes().find().sort({ _id: 1 }).lean<Note[]>();

beforeAll(async () => {
  mongo = await Mongo.connect(process.env.MONGODB_URI ?? '', database);
  notes();
  await mongo.ready();
});
afterEach(async () => {
  await notes().deleteMany({});
});
afterAll(async () => {
  await mongo?.connection.dropDatabase();
  await mongo?.close();
});

const NOTES: Note[] = Array.from({ length: 300 }, (_, index) => ({
  _id: String(index).padStart(3, '0'),
  at: new Date(index),
  lines: ['提醒', `${index}`],
}));

describe(prepareInsert.name, () => {
  it('stores all of them as they are', async () => {
    await mongo.transaction((tx) => prepareInsert(notes(), NOTES)(tx));
    expect(await stored()).toEqual(NOTES);
  });

  it('sends nothing when there are none', async () => {
    await mongo.transaction((tx) => prepareInsert(notes(), [])(tx));
    expect(await stored()).toEqual([]);
  });

  it('stores none when one is there already, or the transaction goes no further', async () => {
    await notes().create(NOTES[7]!);
    const attempt = mongo.transaction((tx) => prepareInsert(notes(), NOTES)(tx));
    await expect(attempt).rejects.toMatchObject({ code: 11000 });
    const end = mongo.transaction(async (tx) => {
      await prepareInsert(notes(), NOTES.slice(8))(tx);
      throw new Error('no further');
    });
    await expect(end).rejects.toThrow('no further');
    expect(await stored()).toEqual([NOTES[7]]);
  });
});

describe(prepareReplace.name, () => {
  const changed = NOTES.slice(0, 200).map(({ _id, at }): Note => ({ _id, at, lines: [] }));

  it('puts each in the place of the one with its id, whole, and makes none', async () => {
    await mongo.transaction((tx) => prepareInsert(notes(), NOTES.slice(0, 100))(tx));
    await mongo.transaction((tx) => prepareReplace(notes(), changed)(tx));
    await mongo.transaction((tx) => prepareReplace(notes(), [])(tx));
    expect(await stored()).toEqual(changed.slice(0, 100));
  });

  it('replaces none when the transaction goes no further', async () => {
    await mongo.transaction((tx) => prepareInsert(notes(), NOTES)(tx));
    const end = mongo.transaction(async (tx) => {
      await prepareReplace(notes(), changed)(tx);
      throw new Error('no further');
    });
    await expect(end).rejects.toThrow('no further');
    expect(await stored()).toEqual(NOTES);
  });
});

describe(whileSending.name, () => {
  it('works after what is sent has left, and gives what it came to', async () => {
    const order: string[] = [];
    const send = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      order.push('sent');
    };
    const made = await whileSending(send(), () => order.push('made'));
    expect({ made, order }).toEqual({ made: 2, order: ['sent', 'made'] });
  });

  it('fails for the sending first, and for the work only when what was sent has ended', async () => {
    const fail = (text: string) => () => {
      throw new Error(text);
    };
    await expect(whileSending(Promise.reject(new Error('sending')), fail('work'))).rejects.toThrow('sending');
    let isOver = false;
    const sending = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => void (isOver = true));
    await expect(whileSending(sending, fail('work'))).rejects.toThrow('work');
    expect(isOver).toBe(true);
  });
});
