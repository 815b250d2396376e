import type { CallableRequest } from 'firebase-functions/v2/https';
import { z } from 'zod';
import { answerCall } from './call.ts';
import { AppError } from './errors.ts';
import { log } from './log.ts';

const requestOf = (data: unknown, more: object = {}) => ({ data, ...more }) as CallableRequest<unknown>;
const input = z.strictObject({ name: z.string() });
const answer = (request: CallableRequest<unknown>, operation = async () => 'done') =>
  answerCall('test', input, request, operation).catch((error: unknown) => error);

beforeAll(() => {
  for (const level of ['info', 'error'] as const) jest.spyOn(log, level).mockImplementation();
});
afterAll(() => jest.restoreAllMocks());

describe('a callable', () => {
  it('answers what its operation does', async () => {
    expect(await answer(requestOf({ name: '민지' }))).toBe('done');
  });
  it('names fields and codes of a wrong input, never its values', async () => {
    const refused = await answer(requestOf({ name: 7, secret: '800101-1234567' }));
    expect(refused).toMatchObject({ code: 'invalid-argument', details: { reason: 'INVALID_INPUT' } });
    expect(JSON.stringify(refused)).not.toContain('800101');
    expect(JSON.stringify(refused)).toContain('"field":"name"');
  });
  it('turns a refusal into its reason and a Korean message', async () => {
    const refused = await answer(requestOf({ name: '민지' }), () =>
      Promise.reject(new AppError('NOT_ALLOWED')),
    );
    expect(refused).toMatchObject({
      code: 'permission-denied',
      message: '권한이 없습니다.',
      details: { reason: 'NOT_ALLOWED' },
    });
  });
  it('says nothing of what was unexpected', async () => {
    const broken = () => Promise.reject(new Error('password of the database'));
    const refused = await answer(requestOf({ name: '민지' }), broken);
    expect(refused).toMatchObject({ code: 'internal', details: { reason: 'INTERNAL' } });
    expect(JSON.stringify(refused)).not.toContain('password');
  });
});

describe('App Check', () => {
  beforeEach(() => {
    process.env.ENFORCE_APP_CHECK = 'true';
  });
  afterEach(() => {
    delete process.env.ENFORCE_APP_CHECK;
  });
  it('when enforced refuses calls without its token before looking at anything else', async () => {
    expect(await answer(requestOf({ wrong: true }))).toMatchObject({
      details: { reason: 'APP_CHECK_REQUIRED' },
    });
    expect(await answer(requestOf({ name: '민지' }, { app: { appId: '1:2:web:3' } }))).toBe('done');
  });
  it('is not asked for otherwise', async () => {
    process.env.ENFORCE_APP_CHECK = 'false';
    expect(await answer(requestOf({ name: '민지' }))).toBe('done');
  });
});
