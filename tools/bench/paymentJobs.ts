/** What the schedule runs of payments, as an HTTP function a bench can call and meter: `{data: {now}}`, epoch ms. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { reconcileOrders } from '../../functions/src/prepays/reconciling.ts';
import { carryOutReversals } from '../../functions/src/prepays/reversing.ts';
import { resumeTossHints } from '../../functions/src/prepays/webhook.ts';
import { carryOutRefunds } from '../../functions/src/refunds/carrying.ts';
import { isRecord, numberOf } from '../../standins/control.ts';

export async function paymentJobs(
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
): Promise<void> {
  const data = isRecord(request.body) && isRecord(request.body.data) ? request.body.data : {};
  const now = numberOf(data.now) ?? Date.now();
  for (const job of [reconcileOrders, carryOutReversals, resumeTossHints, carryOutRefunds]) await job(now);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
}
