/** Points this worker of jest at the suite that is its own: tools/suite/test.mjs starts one for each. */
import { z } from 'zod';

const { SUITES, JEST_WORKER_ID } = process.env;
// Without them the tests run in what was started before (`npm run exec`).
if (SUITES) {
  const suites = z.array(z.record(z.string(), z.string())).parse(JSON.parse(SUITES));
  Object.assign(process.env, suites[Number(JEST_WORKER_ID) - 1]);
}
