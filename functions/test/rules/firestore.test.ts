/** firestore.rules, in one file so that the emulator's coverage report sees all of it. */
import { openWorld, type World } from '../support/rulesWorld.ts';
import { describeReading } from './access.ts';
import { describeCoverage } from './coverage.ts';
import { describeParity } from './parity.ts';
import { describeWriting } from './writing.ts';

let opened: World;
const world = () => opened;

beforeAll(async () => {
  opened = await openWorld();
});
afterAll(() => opened.env.cleanup());

describe('firestore.rules', () => {
  describe('reading', () => {
    beforeAll(() => opened.reset());
    describeReading(world);
  });
  describe('writing', () => {
    beforeEach(() => opened.reset());
    describeWriting(world);
  });
  describe('shapes', () => {
    beforeEach(() => opened.reset());
    describeParity(world);
  });
  describeCoverage();
});
