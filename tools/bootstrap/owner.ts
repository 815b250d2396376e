/**
 * `npm run bootstrap-owner -- --project <id> --email <Google account>`: the first owner of a project that has none.
 * A project in the cloud is reached with Application Default Credentials; a `demo-` project is the running suite.
 */
import { parseArgs } from 'node:util';
import { makeFirstOwner } from '../../functions/src/access/bootstrap.ts';

const usage = 'usage: npm run bootstrap-owner -- --project <project id> --email <Google account>';

function read(): { project: string; email: string } {
  const options = { project: { type: 'string' }, email: { type: 'string' } } as const;
  const { project, email } = parseArgs({ options }).values;
  if (!project || !email) throw new Error(usage);
  return { project, email };
}

/** Emulators answer for any project, so an owner meant for the cloud could be made in one by mistake. */
function refuseMixture(project: string): void {
  const local = process.env.FIRESTORE_EMULATOR_HOST !== undefined;
  const meant = project.startsWith('demo-');
  if (local !== meant) throw new Error(`${project} is ${meant ? 'a local' : 'a real'} project: ${usage}`);
}

async function bootstrap(): Promise<void> {
  const { project, email } = read();
  refuseMixture(project);
  process.env.GCLOUD_PROJECT = project;
  process.env.GOOGLE_CLOUD_PROJECT = project;
  const { uid } = await makeFirstOwner(email);
  console.log(`${uid} is the owner of ${project} now. Sign out and in again to work with the new role.`);
}

try {
  await bootstrap();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
