/**
 * `npm run docs`: writes docs/data-model.md and firestore.indexes.json from the models, the corpus of mails from its
 * cases, and docs/extraction.md from what is understood of it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { models } from '../../functions/src/model.ts';
import { writeCorpus } from '../../functions/test/mail/makeCorpus.ts';
import { measureCorpus } from '../../functions/test/mail/measure.ts';
import { renderDataModel } from './dataModel.ts';
import { renderExtractionPage } from './extraction.ts';
import { renderIndexes } from './indexes.ts';

const root = join(import.meta.dirname, '../..');

mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(join(root, 'docs/data-model.md'), renderDataModel(models));
writeFileSync(join(root, 'firestore.indexes.json'), renderIndexes(models));

writeCorpus();
writeFileSync(join(root, 'docs/extraction.md'), renderExtractionPage(await measureCorpus()));
