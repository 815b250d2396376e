/** Who may do what under firestore.rules; in one file, so that the emulator's coverage report sees all of it. */
import { openWorld, type World } from '../support/rulesWorld.ts';
import { describeReading } from './access.ts';
import { describeBoard } from './board.ts';
import { describeChat } from './chat.ts';
import { describeCoverage } from './coverage.ts';
import { describeNotifications } from './notifications.ts';
import { describeWriting } from './writing.ts';

const projectId = 'demo-rules';
let opened: World;
const world = () => opened;

beforeAll(async () => {
  opened = await openWorld(projectId);
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
    describeBoard(world);
    describeChat(world);
    describeNotifications(world);
  });
  describeCoverage(projectId);
});
