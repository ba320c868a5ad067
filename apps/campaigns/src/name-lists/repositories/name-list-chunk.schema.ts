import { Schema } from 'mongoose';

export interface NameListChunkDocument {
  /** `<list id>|<sequence, six digits>`. */
  _id: string;
  firstCustomerId: string;
  lastCustomerId: string;
  members: string;
}

export interface NameListPlacementDocument {
  /** As the chunk that it tells of. */
  _id: string;
  placements: string;
}

export const nameListChunkSchema = new Schema<NameListChunkDocument>(
  { _id: String, firstCustomerId: String, lastCustomerId: String, members: String },
  { collection: 'name_list_chunks', versionKey: false },
);

export const nameListPlacementSchema = new Schema<NameListPlacementDocument>(
  { _id: String, placements: String },
  { collection: 'name_list_placements', versionKey: false },
);
