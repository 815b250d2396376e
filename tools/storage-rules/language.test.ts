import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { compile, type Method, RulesRejected } from './language.ts';
import { documentData, fromWire, type RulesMap, RulesPath } from './values.ts';

/** A plain JavaScript value as rules see it. */
function rulesValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(rulesValue);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, rulesValue(item)]));
}

interface Attempt {
  method?: Method;
  /** The object's name in the bucket. */
  name?: string;
  uid?: string;
  claims?: object;
  /** The object as it would be stored. */
  after?: object;
  before?: object;
  time?: Date;
  documents?: Readonly<Record<string, object>>;
}

function permits(rules: string, attempt: Attempt = {}) {
  const { method = 'get', name = 'a', uid, claims = {}, after, before, time, documents = {} } = attempt;
  const auth = uid === undefined ? null : { uid, token: claims };
  const request = { auth, resource: after ?? null, time: time ?? new Date() };
  const variables = rulesValue({ request, resource: before ?? null }) as RulesMap;
  const fetched = jest.fn(async (path: RulesPath) => {
    const data = documents[path.segments.slice(3).join('/')];
    return data && (rulesValue(data) as RulesMap);
  });
  const verdict = compile(rules).permits({ method, path: `/b/bucket/o/${name}`, variables }, fetched);
  return verdict.then((outcome) => ({ ...outcome, fetches: fetched.mock.calls.length }));
}

/** A rules file whose objects are all governed by these lines. */
function forEveryObject(lines: string, version = '2'): string {
  return `rules_version = '${version}';
service firebase.storage {
  match /b/{bucket}/o {
    match /{path=**} {
      ${lines}
    }
  }
}`;
}

async function isTrue(condition: string, attempt: Attempt = {}): Promise<boolean> {
  const { permitted, warnings } = await permits(
    forEveryObject(`allow read, write: if ${condition};`),
    attempt,
  );
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  return permitted;
}

function issuesOf(source: string): string[] {
  try {
    compile(source);
    return [];
  } catch (error) {
    if (!(error instanceof RulesRejected)) throw error;
    return error.issues.map(({ line, message }) => `${line}: ${message}`);
  }
}

describe('a rules text', () => {
  it('is read with its version, comments and both quotes', () => {
    const source = `rules_version = "2";
/* a block
   comment */
service firebase.storage { // here
  match /b/{bucket}/o { match /a { allow read; } }
}`;
    expect(compile(source).version).toBe(2);
    expect(compile(source.replace(/^.*\n/, '')).version).toBe(1);
  });

  it.each([
    ['allow read: if true', "6: Expected ';', found '}'"],
    ['allow reed: if true;', "5: Unknown method 'reed' in allow"],
    ['allow read: if (1 + 2;', "5: Expected ')', found ';'"],
    ['allow read: if true ? 1;', "5: Expected ':', found ';'"],
    ['allow read: if request.auth is person;', "5: Unknown type 'person' after is"],
    ['allow read: if nul == null;', '5: Unknown variable nul'],
    ['allow read: if isOwner();', '5: Unknown function isOwner'],
    ['function f(a) { return a; } allow read: if f();', '5: Function f takes 1 arguments'],
    ['function f() { return 1; }\nfunction f() { return 2; }', '6: Function f is declared twice'],
    ['function f() { return g(); } function g() { return f(); }', '5: Function f calls itself'],
    ['allow read:\n if true;\n permit read;', "7: Expected match, allow, function or '}', found 'permit'"],
    ["allow read: if 'a\\qb' == 'b';", '5: Invalid escape sequence: \\q'],
  ])('is refused with the line of %j', (lines, issue) => {
    expect(issuesOf(forEveryObject(lines))).toContain(issue);
  });

  it('is refused when it ends too early or is for another service', () => {
    expect(issuesOf('service firebase.storage {\n  match /b/{bucket}/o {\n')).toEqual([
      "3: Expected match, allow, function or '}', found the end of the file",
    ]);
    expect(issuesOf('service cloud.firestore {}')).toEqual([
      '1: Expected service firebase.storage, found service cloud.firestore',
    ]);
  });

  it('may hold {name=**} before the end of a path only in version 2', () => {
    const source = `service firebase.storage { match /b/{bucket}/o/{dir=**}/{file} { allow read; } }`;
    expect(issuesOf(source)).toEqual(['1: In rules_version 1 a {name=**} must end its path']);
    expect(issuesOf(`rules_version = '2'; ${source}`)).toEqual([]);
  });
});

describe('a match', () => {
  const rules = `rules_version = '2';
service firebase.storage {
  match /b/{bucket}/o {
    match /users/{uid}/{file} { allow get: if request.auth.uid == uid && file.matches('.*[.]png'); }
    match /public/{rest=**} { allow get: if rest is path && bucket == 'bucket'; }
    match /logs/{dir=**}/{file} { allow get: if dir[0] == 'y' && file == 'z'; }
    match /listed/{file} { allow list; }
    match /shared { match /{file} { allow read: if file == 'f'; } allow list: if false; }
  }
}`;

  it.each([
    ['users/u1/me.png', 'u1', true],
    ['users/u1/me.png', 'u2', false],
    ['users/u1/me.jpg', 'u1', false],
    ['users/u1/deep/me.png', 'u1', false],
    ['users/u1', 'u1', false],
    ['public/a', 'u1', true],
    ['public/a/b/c', 'u1', true],
    ['logs/y/x/z', 'u1', true],
    ['logs/z', 'u1', false],
    ['elsewhere', 'u1', false],
    ['shared/f', 'u1', true],
  ])('decides %s for %s: %s', async (name, uid, expected) => {
    expect((await permits(rules, { name, uid })).permitted).toBe(expected);
  });

  it('lets a folder be listed by the match of its files, whose name has then no value', async () => {
    expect((await permits(rules, { method: 'list', name: 'listed' })).permitted).toBe(true);
    expect((await permits(rules, { method: 'list', name: 'listed/deeper' })).permitted).toBe(true);
    expect((await permits(rules, { method: 'list', name: 'listed/deeper/still' })).permitted).toBe(false);
    const { permitted, warnings } = await permits(rules, { method: 'list', name: 'shared' });
    expect([permitted, warnings]).toEqual([false, ['storage.rules line 8: file has no value here']]);
  });

  it.each([
    ['read', ['get', 'list']],
    ['write', ['create', 'update', 'delete']],
    ['create, delete', ['create', 'delete']],
  ])('with allow %s grants exactly %j', async (verbs, granted) => {
    const all: Method[] = ['get', 'list', 'create', 'update', 'delete'];
    const outcomes = await Promise.all(
      all.map((method) => permits(forEveryObject(`allow ${verbs};`), { method })),
    );
    expect(all.filter((_, index) => outcomes[index]?.permitted)).toEqual(granted);
  });
});

describe('a condition', () => {
  it('sees size, type and absence of the stored object', async () => {
    const rules = forEveryObject(`allow create: if resource == null
      && request.resource.size < 5 * 1024 * 1024
      && request.resource.contentType.matches('image/.*');`);
    const upload = (size: number, contentType: string, before?: object) =>
      permits(rules, { method: 'create', after: { size, contentType }, ...(before && { before }) });
    expect((await upload(5 * 1024 * 1024 - 1, 'image/png')).permitted).toBe(true);
    expect((await upload(5 * 1024 * 1024, 'image/png')).permitted).toBe(false);
    expect((await upload(1, 'text/image/png')).permitted).toBe(false);
    expect((await upload(1, 'image/png', { size: 1 })).permitted).toBe(false);
  });

  it('sees the claims of the token, and an absent claim denies', async () => {
    const rules = forEveryObject('allow delete: if request.auth.token.role in ["operator", "admin"];');
    const as = (claims: object) => permits(rules, { method: 'delete', uid: 'u', claims });
    expect((await as({ role: 'operator' })).permitted).toBe(true);
    expect((await as({ role: 'patient' })).permitted).toBe(false);
    expect(await as({})).toMatchObject({
      permitted: false,
      warnings: ['storage.rules line 5: No such key: role'],
    });
  });

  it('that fails grants nothing, unless the other side of && or || decides', async () => {
    const broken = 'request.auth.uid.size() > 1';
    expect((await permits(forEveryObject(`allow read: if ${broken};`))).permitted).toBe(false);
    expect((await permits(forEveryObject(`allow read: if !(${broken});`))).permitted).toBe(false);
    expect((await permits(forEveryObject(`allow read: if ${broken} || true;`))).permitted).toBe(true);
    expect((await permits(forEveryObject(`allow read: if !(${broken} && false);`))).permitted).toBe(true);
    expect((await permits(forEveryObject('allow read: if 1;'))).permitted).toBe(false);
    expect((await permits(forEveryObject(`allow read: if ${broken}; allow get;`))).warnings).toEqual([]);
  });

  it('compares the time of the request with durations', async () => {
    const condition = "request.time < timestamp.date(2026, 1, 1) + duration.value(90, 'm')";
    expect(await isTrue(condition, { time: new Date('2026-01-01T01:29:59Z') })).toBe(true);
    expect(await isTrue(condition, { time: new Date('2026-01-01T01:30:00Z') })).toBe(false);
    const before = { timeCreated: new Date('2026-01-01T00:00:00Z') };
    const age = "request.time - resource.timeCreated > duration.value(1, 'h')";
    expect(await isTrue(age, { before, time: new Date('2026-01-01T01:00:01Z') })).toBe(true);
    expect(await isTrue(age, { before, time: new Date('2026-01-01T00:59:59Z') })).toBe(false);
  });

  it.each([
    "'photo.png'.matches('photo')",
    "'photo.png'.matches('png$')",
    "'a' in {'b': 1}",
    "1 == '1'",
    'null == 0',
    "'3' is int",
    '1 is float',
    "[1, 2].hasAll(['1'])",
    "'a' in []",
  ])('is false: %s', async (condition) => {
    expect(await isTrue(condition)).toBe(false);
  });

  it.each([
    "'photo.PNG'.matches('(?i).*[.]png')",
    "'가나다.jpg'.matches('[가-힣]{3}\\\\.jpg')",
    "'a/b/c'.split('/')[1] == 'b' && 'a-b'.replace('-', '+') == 'a+b'",
    "' Ab '.trim().lower() + 'C' == 'abC' && 'abc'[0:2] == 'ab' && 'abc'.size() == 3",
    "1 is int && 1.5 is float && 1 is number && 's' is string && null is map == false",
    "true is bool && [1] is list && {'a': 1} is map && request.time is timestamp",
    "duration.value(1, 's') is duration && /a/b is path && path('/a/b') == /a/$('b')",
    "'a' in {'a': 1} && 2 in [1, 2] && {'a': {'b': 1}}.get(['a', 'b'], 0) == 1",
    "{'a': 1}.get('b', 'none') == 'none' && {'a': 1}.keys().hasOnly(['a', 'b'])",
    "{'a': 1, 'b': 2}.diff({'a': 1, 'b': 3, 'c': 4}).affectedKeys() == ['b', 'c'].toSet()",
    "['a', 'b'].hasAny(['b']) && ['a', 'b'].join('-') == 'a-b' && ['a'].concat(['b']).size() == 2",
    "int('7') / 2 == 3 && 7 % 4 == 3 && float(1) == 1 && string(12) == '12' && -1 < 0",
    'math.abs(-2) == 2 && math.ceil(1.2) == 2 && math.floor(1.8) == 1',
    "false ? resource.name == 1 : [1, 'mixed', null].size() == 3",
    'timestamp.date(2026, 3, 1).dayOfWeek() == 7 && timestamp.value(0).year() == 1970',
    "(true ? false ? 'a' : 'b' : 'c') == 'b' && {'k': true ? 1 : 2}.k == 1",
  ])('is true: %s', async (condition) => {
    expect(await isTrue(condition)).toBe(true);
  });

  it("is not granted by a pattern production's RE2 would refuse", async () => {
    const { permitted, warnings } = await permits(forEveryObject("allow read: if 'ab'.matches('a(?=b)b');"));
    expect(permitted).toBe(false);
    expect(warnings[0]).toMatch(/look-around/);
  });

  it('cannot reach the prototype of a value', async () => {
    for (const name of ['constructor', '__proto__', 'toString', 'size']) {
      expect((await permits(forEveryObject(`allow read: if request.${name} != null;`))).permitted).toBe(
        false,
      );
      expect((await permits(forEveryObject(`allow read: if 'a'.${name}() != null;`))).permitted).toBe(
        name === 'size',
      );
    }
  });
});

describe('a function', () => {
  it('takes arguments, lets and the wildcards around its declaration, wherever it is declared', async () => {
    const rules = `rules_version = '2';
service firebase.storage {
  function isSignedInAs(uid) { return request.auth != null && request.auth.uid == uid; }
  match /b/{bucket}/o {
    match /users/{uid}/{file} {
      allow read: if isOwner();
      function isOwner() {
        let expected = file.split('-')[0];
        let owned = expected == 'mine';
        return isSignedInAs(uid) && owned;
      }
    }
  }
}`;
    expect((await permits(rules, { name: 'users/u1/mine-1', uid: 'u1' })).permitted).toBe(true);
    expect((await permits(rules, { name: 'users/u1/theirs-1', uid: 'u1' })).permitted).toBe(false);
    expect((await permits(rules, { name: 'users/u1/mine-1', uid: 'u2' })).permitted).toBe(false);
  });

  it('sees its own parameter before a wildcard of the same name, and not those of its caller', async () => {
    const named = 'function isOne(path) { return path == 1; }';
    expect((await permits(forEveryObject(`${named} allow read: if isOne(1);`))).permitted).toBe(true);
    const leaking = 'function inner() { return x; } function outer(x) { return inner(); }';
    expect(issuesOf(forEveryObject(leaking))).toEqual(['5: Unknown variable x']);
  });

  it('fails only when the let that fails is used', async () => {
    const lines = (result: string) =>
      `function f() { let x = resource.name; return ${result}; } allow read: if f();`;
    expect((await permits(forEveryObject(lines('true')))).permitted).toBe(true);
    expect((await permits(forEveryObject(lines("x == 'a'")))).permitted).toBe(false);
  });
});

describe('a Firestore document', () => {
  const users = '/databases/(default)/documents/users';
  const roleRule = forEveryObject(
    `allow read: if request.auth != null && firestore.get(${users}/$(request.auth.uid)).data.role == 'doctor';`,
  );

  it('is read once and decides', async () => {
    const documents = { 'users/u1': { role: 'doctor' }, 'users/u2': { role: 'patient' } };
    expect(await permits(roleRule, { uid: 'u1', documents })).toMatchObject({ permitted: true, fetches: 1 });
    expect(await permits(roleRule, { uid: 'u2', documents })).toMatchObject({ permitted: false, fetches: 1 });
    expect(await permits(roleRule, { uid: 'u3', documents })).toMatchObject({ permitted: false, fetches: 1 });
  });

  it('is not asked for when the rest of the condition decides', async () => {
    expect(await permits(roleRule)).toMatchObject({ permitted: false, fetches: 0 });
    const either = forEveryObject(`allow read: if firestore.exists(${users}/u1) || request.auth == null;`);
    expect(await permits(either)).toMatchObject({ permitted: true, fetches: 0 });
  });

  it('can be tested for existence', async () => {
    const rules = forEveryObject(`allow read: if !firestore.exists(${users}/u1);`);
    expect((await permits(rules, { documents: { 'users/u1': {} } })).permitted).toBe(false);
    expect((await permits(rules)).permitted).toBe(true);
  });

  it('is refused beyond the second', async () => {
    const exists = (id: string) => `!firestore.exists(${users}/${id})`;
    const twice = forEveryObject(`allow read: if ${exists('a')} && ${exists('b')} && ${exists('a')};`);
    expect(await permits(twice)).toMatchObject({ permitted: true, fetches: 2 });
    const thrice = forEveryObject(`allow read: if ${exists('a')} && ${exists('b')} && ${exists('c')};`);
    expect(await permits(thrice)).toMatchObject({ permitted: false, fetches: 2 });
  });

  it('is decoded from its REST form', () => {
    const fields = {
      n: { integerValue: '9007199254740993' },
      list: { arrayValue: { values: [{ booleanValue: true }, { nullValue: null }] } },
      empty: { arrayValue: {} },
      map: { mapValue: { fields: { at: { timestampValue: '2026-01-01T00:00:00Z' } } } },
      ref: { referenceValue: 'projects/p/databases/(default)/documents/a/b' },
    };
    expect(documentData({ name: 'x', fields })).toEqual(
      new Map<string, unknown>([
        ['n', 9007199254740993n],
        ['list', [true, null]],
        ['empty', []],
        ['map', new Map([['at', new Date('2026-01-01T00:00:00Z')]])],
        ['ref', RulesPath.from('/databases/(default)/documents/a/b')],
      ]),
    );
    expect(documentData({ name: 'x' })).toEqual(new Map());
    expect(() => fromWire({ moon_value: 1 })).toThrow('unknown kind');
  });
});

describe('the server', () => {
  /** Sends each line when the one before has been answered, and a doctor for every document asked for. */
  async function talk(lines: readonly object[]): Promise<object[]> {
    const child = spawn(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      'tools/storage-rules/server.ts',
    ]);
    const send = (message: object) => child.stdin.write(`${JSON.stringify(message)}\n`);
    const waiting = [...lines];
    const answers: object[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const answer = JSON.parse(line);
      answers.push(answer);
      const result = { name: 'x', fields: { role: { stringValue: 'doctor' } } };
      const next = answer.action ? { id: answer.id, status: 'ok', result } : waiting.shift();
      if (next) send(next);
      else child.kill('SIGINT');
    }
    return answers;
  }

  const load = (content: string) => ({
    id: 0,
    action: 'load_ruleset',
    context: { rulesetName: '0', source: { files: [{ name: 'storage.rules', content }] } },
  });

  it('loads a ruleset, fetches a document under the id of the request, and answers', async () => {
    const get = 'firestore.get(/databases/(default)/documents/users/$(request.auth.uid)).data.role';
    const auth = { map_value: { fields: { uid: { string_value: 'u 1' } } } };
    const context = {
      rulesetName: '0',
      path: '/b/x/o/a',
      method: 'get',
      variables: { request: { map_value: { fields: { auth } } }, resource: { null_value: null } },
    };
    const rules = forEveryObject(`allow read: if ${get} == 'doctor';`);
    expect(await talk([load(rules), { id: 7, action: 'verify', context }])).toEqual([
      { id: -1, status: 'ok' },
      { id: 0, status: 'ok', errors: [], warnings: [], result: { rulesVersion: 2 } },
      expect.objectContaining({ id: 7, context: { path: '/databases/(default)/documents/users/u%201' } }),
      { id: 7, status: 'ok', errors: [], warnings: [], result: { permit: true } },
    ]);
  });

  it('answers with status ok and the issue when the rules or the request are wrong', async () => {
    const verify = { id: 1, action: 'verify', context: { rulesetName: '0', method: 'get', path: '/a' } };
    const issue = `{"description_":"Unknown method 'reed' in allow","sourcePosition_":{"fileName_":"storage.rules","line_":5}}`;
    expect(await talk([load(forEveryObject('allow reed;')), verify])).toEqual([
      { id: -1, status: 'ok' },
      { id: 0, status: 'ok', errors: [issue], warnings: [] },
      { id: 1, status: 'ok', errors: ['No such ruleset is loaded'], warnings: [] },
    ]);
  });
});
