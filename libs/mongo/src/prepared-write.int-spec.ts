import { randomBytes } from 'node:crypto';
import { Schema } from 'mongoose';
import { Mongo } from './mongo';
import { prepareInsert, prepareSave, whileSending } from './prepared-write';

// Goal: what is made ready before it is sent is stored as any write of a transaction is.

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

describe(prepareSave.name, () => {
  const known = new Set(NOTES.slice(0, 100).map(({ _id }) => _id));
  const saved = NOTES.slice(50, 200).map(({ _id, at }): Note => ({ _id, at, lines: [] }));
  const save = (documents = saved) => prepareSave(notes(), documents, known);
  beforeEach(() => mongo.transaction((tx) => prepareInsert(notes(), NOTES.slice(0, 100))(tx)));

  it('puts what is known in its place, whole, and adds what is new', async () => {
    await mongo.transaction((tx) => save()(tx));
    await mongo.transaction((tx) => save([])(tx));
    expect(await stored()).toEqual([...NOTES.slice(0, 50), ...saved]);
  });

  it('saves nothing where one that is new is there already, or the transaction goes no further', async () => {
    await notes().create(NOTES[150]!);
    await expect(mongo.transaction((tx) => save()(tx))).rejects.toMatchObject({ code: 11000 });
    const end = mongo.transaction(async (tx) => {
      await save(saved.slice(0, 60))(tx);
      throw new Error('no further');
    });
    await expect(end).rejects.toThrow('no further');
    expect(await stored()).toEqual([...NOTES.slice(0, 100), NOTES[150]]);
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
