/** storage.rules, through the Storage emulator with whichever rules runtime the suite has. */
import { readFileSync } from 'node:fs';
import {
  assertFails,
  assertSucceeds,
  initializeTestEnvironment,
  type RulesTestEnvironment,
} from '@firebase/rules-unit-testing';
import { doc, type Firestore, setDoc, setLogLevel, Timestamp } from 'firebase/firestore';
import { deleteObject, type FirebaseStorage, getBytes, listAll, ref, uploadBytes } from 'firebase/storage';

// Rules that ask Firestore ask the project the emulators were started for.
const projectId = process.env.GCLOUD_PROJECT ?? 'demo-doctor-pitch';
const bucket = `gs://${projectId}.appspot.com`;
const me = 'kakao:1001';
const other = 'kakao:1002';
const suspended = 'kakao:1003';
const picture = { contentType: 'image/jpeg' };
const bytes = (size: number) => new Uint8Array(size).fill(7);
const MiB = 1024 * 1024;

let env: RulesTestEnvironment;
const roomId = `storage-room-${process.pid}`;
const file = (folder: string, name: string) => `${folder}/${process.pid}-${name}`;

function hostOf(variable: string): { host: string; port: number } {
  const address = process.env[variable];
  if (!address) throw new Error(`${variable} is not set: run these tests with \`npm run test:rules\``);
  const [host = '127.0.0.1', port = ''] = address.replace('http://', '').split(':');
  return { host, port: Number(port) };
}

type Actor = 'anonymous' | 'member' | 'unverified' | 'other' | 'suspended' | 'staff' | 'operator';
const google = { email_verified: true, firebase: { sign_in_provider: 'google.com' } };
const uids: Record<Exclude<Actor, 'anonymous'>, [string, Record<string, unknown>]> = {
  member: [me, {}],
  other: [other, {}],
  suspended: [suspended, {}],
  unverified: [me, { email_verified: false, firebase: { sign_in_provider: 'password' } }],
  staff: ['staff-1', { role: 'hospitalStaff', hospitalIds: ['h1'], ...google }],
  operator: ['operator-1', { role: 'operator', ...google }],
};
function as(actor: Actor): FirebaseStorage {
  const context =
    actor === 'anonymous' ? env.unauthenticatedContext() : env.authenticatedContext(...uids[actor]);
  return context.storage(bucket) as unknown as FirebaseStorage;
}
const upload = (actor: Actor, path: string, size = 100, metadata = picture) =>
  uploadBytes(ref(as(actor), path), bytes(size), metadata);

async function put(path: string): Promise<void> {
  await env.withSecurityRulesDisabled(async (context) => {
    await uploadBytes(ref(context.storage(bucket) as unknown as FirebaseStorage, path), bytes(10), picture);
  });
}

beforeAll(async () => {
  setLogLevel('silent');
  env = await initializeTestEnvironment({
    projectId,
    firestore: hostOf('FIRESTORE_EMULATOR_HOST'),
    storage: { ...hostOf('FIREBASE_STORAGE_EMULATOR_HOST'), rules: readFileSync('storage.rules', 'utf8') },
  });
  await env.withSecurityRulesDisabled(async (context) => {
    const firestore = context.firestore() as unknown as Firestore;
    const until = Timestamp.fromDate(new Date('2099-01-01T00:00:00Z'));
    await setDoc(doc(firestore, `standings/${suspended}`), { suspendedUntil: until, rolesEndedAt: null });
    await setDoc(doc(firestore, `standings/${other}`), {
      suspendedUntil: Timestamp.fromMillis(0),
      rolesEndedAt: null,
    });
    const room = { kind: 'consult', memberUids: [me], hospitalId: 'h1', status: 'open' };
    await setDoc(doc(firestore, `Chatting/${roomId}`), room);
    await setDoc(doc(firestore, `Chatting/${roomId}-closed`), { ...room, status: 'closed' });
    await setDoc(doc(firestore, `Chatting/${roomId}-group`), {
      ...{ kind: 'group', memberUids: [me, suspended], hospitalId: null, status: 'open' },
    });
  });
});
afterAll(() => env.cleanup());

describe('storage.rules', () => {
  describe.each(['profiles', 'reviews', 'freetalks'])('pictures below %s', (folder) => {
    it('are written by their owner alone', async () => {
      await assertSucceeds(upload('member', file(`${folder}/${me}`, 'a.jpg')));
      await assertFails(upload('other', file(`${folder}/${me}`, 'b.jpg')));
      await assertFails(upload('anonymous', file(`${folder}/${me}`, 'c.jpg')));
      await assertFails(upload('operator', file(`${folder}/${me}`, 'd.jpg')));
    });
    it('are refused from the suspended, and taken again when the suspension is over', async () => {
      await assertFails(upload('suspended', file(`${folder}/${suspended}`, 'a.jpg')));
      await assertSucceeds(upload('other', file(`${folder}/${other}`, 'a.jpg')));
    });
    it('are refused from whoever has not confirmed an e-mail address', async () => {
      await assertFails(upload('unverified', file(`${folder}/${me}`, 'u.jpg')));
    });
    it.each(['text/html', 'image/svg+xml', 'application/pdf', 'image/jpegx'])(
      'are never %s',
      async (contentType) => {
        await assertFails(upload('member', file(`${folder}/${me}`, 'x.jpg'), 100, { contentType }));
      },
    );
    it('have a size limit, and are not empty', async () => {
      const limit = (folder === 'profiles' ? 5 : 10) * MiB;
      await assertSucceeds(upload('member', file(`${folder}/${me}`, 'max.jpg'), limit));
      await assertFails(upload('member', file(`${folder}/${me}`, 'over.jpg'), limit + 1));
      await assertFails(upload('member', file(`${folder}/${me}`, 'empty.jpg'), 0));
    });
    it('are deleted by their owner alone', async () => {
      const path = file(`${folder}/${me}`, 'delete.jpg');
      await put(path);
      await assertFails(deleteObject(ref(as('other'), path)));
      await assertSucceeds(deleteObject(ref(as('member'), path)));
    });
    it('cannot be listed', async () => {
      await assertFails(listAll(ref(as('member'), `${folder}/${me}`)));
    });
    it('do not nest', async () => {
      await assertFails(upload('member', file(`${folder}/${me}/deeper`, 'a.jpg')));
    });
  });

  it('lets a profile picture be replaced, a review picture not', async () => {
    await assertSucceeds(upload('member', file(`profiles/${me}`, 'again.jpg')));
    await assertSucceeds(upload('member', file(`profiles/${me}`, 'again.jpg')));
    await assertSucceeds(upload('member', file(`reviews/${me}`, 'again.jpg')));
    await assertFails(upload('member', file(`reviews/${me}`, 'again.jpg')));
  });

  it('shows profile pictures to members, originals of reviews to their owner and operators', async () => {
    const [original, profile] = [file(`reviews/${me}`, 'seen.jpg'), file(`profiles/${me}`, 'seen.jpg')];
    await put(original);
    await put(profile);
    await assertSucceeds(getBytes(ref(as('other'), profile)));
    await assertFails(getBytes(ref(as('anonymous'), profile)));
    await assertSucceeds(getBytes(ref(as('member'), original)));
    await assertSucceeds(getBytes(ref(as('operator'), original)));
    for (const actor of ['other', 'staff', 'anonymous'] as const)
      await assertFails(getBytes(ref(as(actor), original)));
  });

  it('takes receipts from their owner, for operators alone to see, never replaced or deleted', async () => {
    const path = file(`receipts/${me}`, 'one.jpg');
    await assertSucceeds(upload('member', path));
    await assertFails(upload('member', path));
    for (const actor of ['other', 'unverified', 'staff', 'operator', 'anonymous'] as const)
      await assertFails(upload(actor, file(`receipts/${me}`, `${actor}.jpg`)));
    await assertFails(upload('suspended', file(`receipts/${suspended}`, 'one.jpg')));
    await assertFails(
      upload('member', file(`receipts/${me}`, 'page.html'), 100, { contentType: 'text/html' }),
    );
    await assertFails(upload('member', file(`receipts/${me}`, 'big.jpg'), 10 * MiB + 1));
    await assertSucceeds(getBytes(ref(as('operator'), path)));
    for (const actor of ['member', 'other', 'staff', 'anonymous'] as const)
      await assertFails(getBytes(ref(as(actor), path)));
    await assertFails(deleteObject(ref(as('member'), path)));
  });

  it('shows originals of the board to their owner and operators only', async () => {
    const path = file(`freetalks/${me}`, 'own.jpg');
    await put(path);
    await assertSucceeds(getBytes(ref(as('member'), path)));
    await assertSucceeds(getBytes(ref(as('operator'), path)));
    await assertFails(getBytes(ref(as('other'), path)));
    await assertFails(getBytes(ref(as('anonymous'), path)));
  });

  it('takes what is sent in a chat from those in it, each into a folder of their own', async () => {
    const into = (uid: string, name = 'a.jpg', room = roomId) => file(`chats/${room}/${uid}`, name);
    const path = into(me);
    await assertSucceeds(upload('member', path));
    await assertFails(upload('member', path));
    await assertSucceeds(upload('staff', into('staff-1')));
    await assertFails(upload('staff', into(me, 'staff.jpg')));
    await assertFails(upload('other', into(other)));
    await assertFails(upload('anonymous', into(me, 'anonymous.jpg')));
    await assertFails(upload('member', into(me, 'a.jpg', 'no-such-room')));
    await assertFails(upload('member', into(me, 'a.jpg', `${roomId}-closed`)));
    await assertFails(upload('suspended', into(suspended, 'a.jpg', `${roomId}-group`)));
    const pdf = { contentType: 'application/pdf' };
    await assertSucceeds(upload('member', into(me, 'a.pdf'), 20 * MiB, pdf));
    await assertFails(upload('member', into(me, 'b.pdf'), 20 * MiB + 1, pdf));
    await assertFails(upload('member', into(me, 'big.jpg'), 10 * MiB + 1));
    await assertFails(upload('member', into(me, 'page.html'), 100, { contentType: 'text/html' }));
    await assertSucceeds(getBytes(ref(as('operator'), path)));
    for (const actor of ['member', 'staff', 'other', 'anonymous'] as const)
      await assertFails(getBytes(ref(as(actor), path)));
    await assertFails(deleteObject(ref(as('member'), path)));
  });

  it('shows copies of a group to its members; those of a consultation have links that end', async () => {
    const [ofGroup, ofConsultation] = [
      `chatMedia/${roomId}-group/m1/full.webp`,
      `chatMedia/${roomId}/m1/full.webp`,
    ];
    await put(ofGroup);
    await put(ofConsultation);
    await assertSucceeds(getBytes(ref(as('member'), ofGroup)));
    for (const actor of ['other', 'suspended', 'staff', 'anonymous'] as const)
      await assertFails(getBytes(ref(as(actor), ofGroup)));
    for (const actor of ['member', 'staff', 'other', 'anonymous'] as const)
      await assertFails(getBytes(ref(as(actor), ofConsultation)));
    await assertSucceeds(getBytes(ref(as('operator'), ofConsultation)));
    await assertFails(upload('member', `chatMedia/${roomId}-group/m2/full.webp`));
  });

  it.each(['registrations/mail-1/0-medicalLicense.pdf', 'inbound/mail-1.eml'])(
    '%s is read by operators only, written by nobody',
    async (path) => {
      await put(path);
      await assertSucceeds(getBytes(ref(as('operator'), path)));
      await assertFails(getBytes(ref(as('staff'), path)));
      await assertFails(getBytes(ref(as('member'), path)));
      await assertFails(getBytes(ref(as('anonymous'), path)));
      await assertFails(upload('operator', path));
    },
  );

  it('shows what is public to everybody; nobody writes there', async () => {
    await put('public/events/e1/main.jpg');
    await assertSucceeds(getBytes(ref(as('anonymous'), 'public/events/e1/main.jpg')));
    await assertFails(upload('operator', 'public/events/e1/main2.jpg'));
    await assertFails(upload('member', 'anywhere/else.jpg'));
  });
});
