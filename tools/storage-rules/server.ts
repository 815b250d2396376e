/**
 * Speaks with firebase-tools' Storage emulator in place of Google's rules runtime: one JSON object a line, requests
 * on standard input, answers on standard output.
 *
 * Promise: it says {"id":-1,"status":"ok"} once it is ready; every request is answered under its id with status
 * "ok", because firebase-tools waits for ever after any other; a request that cannot be understood is denied; it
 * ends with SIGINT or with its input. While a rule needs a Firestore document the same id asks for it, and the
 * document comes back under that id.
 *
 * With STORAGE_RULES_PROJECT_URL (`http://host:port/v1/projects/<id>` of a Firestore emulator) it looks documents up by
 * itself with batchGet: firebase-tools asks by path, and hidane finds no id with a colon (`kakao:1`) that way.
 *
 * firebase-tools starts it as `java <options> -jar <file> serve`; the arguments are not read.
 */
import { createInterface } from 'node:readline';
import {
  compile,
  type FetchDocument,
  type Issue,
  type Method,
  methods,
  type Ruleset,
  RulesRejected,
} from './language.ts';
import { documentData, fromWire, isJson, type Json, type RulesMap, type RulesPath } from './values.ts';

const rulesets = new Map<string, { readonly ruleset: Ruleset }>();
const awaitedDocuments = new Map<unknown, (message: Json) => void>();

function send(message: Json): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function answer(id: unknown, outcome: Json): void {
  send({ id, status: 'ok', errors: [], warnings: [], ...outcome });
}

function part(json: unknown, key: string): Json {
  const found = isJson(json) ? json[key] : undefined;
  return isJson(found) ? found : {};
}

/** An issue in the form firebase-tools prints as "description in file:line". */
function describeIssue({ line, message }: Issue, fileName: string): string {
  return JSON.stringify({ description_: message, sourcePosition_: { fileName_: fileName, line_: line } });
}

function loadRuleset(context: Json): Json {
  const files = part(context, 'source').files;
  const file: unknown = Array.isArray(files) ? files[0] : undefined;
  const { name, content } = isJson(file) ? file : {};
  if (typeof content !== 'string') return { errors: ['No rules file was given'] };
  try {
    const ruleset = compile(content);
    rulesets.set(String(context.rulesetName), { ruleset });
    return { result: { rulesVersion: ruleset.version } };
  } catch (error) {
    if (!(error instanceof RulesRejected)) throw error;
    return { errors: error.issues.map((issue) => describeIssue(issue, String(name ?? 'storage.rules'))) };
  }
}

async function lookUp(projectUrl: string, path: RulesPath): Promise<RulesMap | undefined> {
  const name = `${new URL(projectUrl).pathname.slice('/v1/'.length)}/${path.segments.join('/')}`;
  const response = await fetch(`${projectUrl}/databases/(default)/documents:batchGet`, {
    method: 'POST',
    headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
    body: JSON.stringify({ documents: [name] }),
  });
  const answers: unknown = await response.json();
  const found = Array.isArray(answers) && isJson(answers[0]) ? answers[0].found : undefined;
  return isJson(found) ? documentData(found) : undefined;
}

function documentsFor(id: unknown): FetchDocument {
  const projectUrl = process.env.STORAGE_RULES_PROJECT_URL;
  if (projectUrl) return (path) => lookUp(projectUrl, path);
  return (path: RulesPath) =>
    new Promise<RulesMap | undefined>((resolve, reject) => {
      awaitedDocuments.set(id, (message) => {
        try {
          resolve(message.status === 'ok' ? documentData(message.result) : undefined);
        } catch (error) {
          reject(error);
        }
      });
      const encoded = `/${path.segments.map(encodeURIComponent).join('/')}`;
      send({
        id,
        server_request_id: id,
        action: 'fetch_firestore_document',
        status: 'ok',
        context: { path: encoded },
      });
    });
}

function isMethod(value: unknown): value is Method {
  return methods.some((method) => method === value);
}

async function verify(id: unknown, context: Json): Promise<Json> {
  const loaded = rulesets.get(String(context.rulesetName));
  const { method, path } = context;
  if (!loaded) return { errors: ['No such ruleset is loaded'] };
  if (!isMethod(method) || typeof path !== 'string') return { errors: ['The request cannot be understood'] };
  const variables = new Map(
    Object.entries(part(context, 'variables')).map(([name, value]) => [name, fromWire(value)] as const),
  );
  const verdict = await loaded.ruleset.permits({ method, path, variables }, documentsFor(id));
  return { result: { permit: verdict.permitted }, warnings: verdict.warnings };
}

async function serve(message: Json): Promise<Json> {
  const context = part(message, 'context');
  try {
    if (message.action === 'load_ruleset') return loadRuleset(context);
    if (message.action === 'verify') return await verify(message.id, context);
    return { errors: [`Unknown action ${String(message.action)}`] };
  } catch (error) {
    return { errors: [error instanceof Error ? error.message : String(error)] };
  }
}

async function receive(line: string): Promise<void> {
  const message: unknown = JSON.parse(line);
  if (!isJson(message)) return;
  const deliver = awaitedDocuments.get(message.id);
  if (deliver && message.action === undefined) {
    awaitedDocuments.delete(message.id);
    deliver(message);
    return;
  }
  answer(message.id, await serve(message));
}

process.on('SIGINT', () => process.exit(0));
createInterface({ input: process.stdin }).on('line', (line) => {
  receive(line).catch((error: unknown) => {
    process.stderr.write(`A line could not be read: ${String(error)}\n`);
  });
});
send({ id: -1, status: 'ok' });
