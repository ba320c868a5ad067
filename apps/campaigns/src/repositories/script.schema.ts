import { Schema } from 'mongoose';
import type { Author } from '../domain/authorship';
import type { Objection, Script } from '../domain/script';

/** The newest version of a script: what a new version competes for. */
export interface ScriptHeadDocument {
  _id: string;
  version: number;
  orgPath: string;
  /** Of all versions. */
  authors: Author[];
}

export interface ScriptDocument extends Script {
  /** `<script id>@<version>`. */
  _id: string;
}

const authors = { type: [Schema.Types.Mixed], default: [] } as never;

export const scriptHeadSchema = new Schema<ScriptHeadDocument>(
  { _id: String, version: { type: Number, required: true }, orgPath: { type: String, required: true }, authors },
  { collection: 'script_heads', versionKey: false },
);

scriptHeadSchema.index({ orgPath: 1, _id: 1 });

const objectionSchema = new Schema<Objection>({ objection: String, answer: String }, { _id: false });

/** Immutable: only ever inserted. */
export const scriptSchema = new Schema<ScriptDocument>(
  {
    _id: String,
    scriptId: { type: String, required: true },
    version: { type: Number, required: true },
    title: { type: String, required: true },
    opening: String,
    talkingPoints: [String],
    objections: [objectionSchema],
    nextStep: String,
    orgPath: { type: String, required: true },
    authors,
  },
  { collection: 'scripts', versionKey: false },
);
