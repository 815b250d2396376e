/** Options of every function. Imported first by index.ts, because they apply only to what is declared after them. */
import { setGlobalOptions } from 'firebase-functions/v2/options';
import { region } from './region.ts';

setGlobalOptions({ region, maxInstances: 20, concurrency: 80, memory: '512MiB', timeoutSeconds: 60 });
