/** What keeps a crowd from waiting for an outside service that is down. */
import { circuitBreaker, ExponentialBackoff, handleWhen, retry, SamplingBreaker, wrap } from 'cockatiel';

/**
 * `breaker` opens only under load, from five calls a second of which half fail, and refuses at once for ten seconds;
 * `onceMore` tries an outage again, too, after about so many ms.
 */
export function againstOutages(
  isOutage: (error: unknown) => boolean,
  delay: { initial: number; max: number },
) {
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: 10_000,
    breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 5 }),
  });
  const backoff = new ExponentialBackoff({ initialDelay: delay.initial, maxDelay: delay.max });
  return { breaker, onceMore: wrap(retry(handleWhen(isOutage), { maxAttempts: 1, backoff }), breaker) };
}
