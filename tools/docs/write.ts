/** `npm run docs`: writes docs/data-model.md and firestore.indexes.json from the models. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { models } from '../../functions/src/model.ts';
import { renderDataModel } from './dataModel.ts';
import { renderIndexes } from './indexes.ts';

const root = join(import.meta.dirname, '../..');

mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(join(root, 'docs/data-model.md'), renderDataModel(models));
writeFileSync(join(root, 'firestore.indexes.json'), renderIndexes(models));
