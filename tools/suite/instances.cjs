// Preloaded into firebase-tools: its Functions emulator starts a process for every request that finds the others busy,
// and ends the whole process when a handler throws. An instance of a second-generation function takes eighty requests at
// once, and answers 500 to the one whose handler throws. Here it does so, too: fewer and fewer starts, which are most
// of what a test run costs, and no transaction whose process is gone holds its locks until the emulator lets them go. If
// its files ever move, the tests are just slow again.
const { availableParallelism } = require('node:os');
const { Writable } = require('node:stream');
const { setTimeout: sleep } = require('node:timers/promises');

const REQUESTS_AT_ONCE = 80;

try {
  const {
    RuntimeWorker,
    RuntimeWorkerPool,
    RuntimeWorkerState,
  } = require('../../node_modules/firebase-tools/lib/emulator/functionsRuntimeWorker.js');
  const {
    FunctionsEmulator,
  } = require('../../node_modules/firebase-tools/lib/emulator/functionsEmulator.js');
  const { EmulatorLog } = require('../../node_modules/firebase-tools/lib/emulator/types.js');
  const running = new WeakMap();
  const isFree = (worker) =>
    worker.state === RuntimeWorkerState.IDLE ||
    (worker.state === RuntimeWorkerState.BUSY && (running.get(worker) ?? 0) < REQUESTS_AT_ONCE);

  const { request } = RuntimeWorker.prototype;
  RuntimeWorker.prototype.request = async function (...given) {
    running.set(this, (running.get(this) ?? 0) + 1);
    try {
      await request.apply(this, given);
    } finally {
      running.set(this, running.get(this) - 1);
      if (running.get(this) > 0 && this.state === RuntimeWorkerState.IDLE)
        this.state = RuntimeWorkerState.BUSY;
    }
  };

  const { processStream } = RuntimeWorker.prototype;
  const isThrown = (line) => {
    const { level, type } = EmulatorLog.fromJSON(line);
    return level === 'FATAL' && type === 'runtime-error';
  };
  RuntimeWorker.prototype.processStream = function (text, begun) {
    const lines = (begun + text).split('\n');
    const rest = lines.pop();
    for (const line of lines) {
      if (isThrown(line)) this.runtime.events.emit('log', EmulatorLog.fromJSON(line));
      else processStream.call(this, `${line}\n`, '');
    }
    return rest;
  };

  RuntimeWorkerPool.prototype.getIdleWorker = function (triggerId, runtime) {
    this.cleanUpWorkers();
    return this.getTriggerWorkers(triggerId, runtime).find(isFree);
  };

  // The Firestore emulator tells of a change when the change before has been dealt with, waits included, and tells of it once.
  // In production they come as they come, and again where a handler has failed, as all of ours ask for: each is taken at once,
  // nobody reads the answer, and what failed (the emulator has words for a lost lock which the SDK does not repeat) is delivered again.
  const REDELIVERED_AFTER_MS = [500, 2_000, 5_000];
  const { handleHttpsTrigger } = FunctionsEmulator.prototype;
  const unread = () => {
    const answer = new Writable({ write: (_chunk, _encoding, done) => done() });
    const noting = (status) => {
      answer.noted = status;
      return answer;
    };
    return Object.assign(answer, { writeHead: noting, status: noting, send: () => answer });
  };
  const deliver = async (emulator, req) => {
    for (const pause of [...REDELIVERED_AFTER_MS, null]) {
      const answer = unread();
      await handleHttpsTrigger.call(emulator, req, answer);
      const isDone = answer.noted !== undefined && answer.noted < 500;
      if (isDone || pause === null) return;
      await sleep(pause);
    }
  };
  FunctionsEmulator.prototype.handleHttpsTrigger = function (req, res) {
    const isChange = req.headers['content-type']?.includes('application/protobuf');
    if (!isChange) return handleHttpsTrigger.call(this, req, res);
    res.json({ status: 'taken' });
    return deliver(this, req);
  };

  // Those who come while the first instance starts wait for it; and as many start at once as there are processors: a crowd of
  // them would all be slower than the emulator waits for any, and what it was to tell them would be lost.
  const { startRuntime } = FunctionsEmulator.prototype;
  const starting = new Map();
  const queue = [];
  let free = availableParallelism();
  const startInTurn = async (start) => {
    if (free === 0) await new Promise((resolve) => queue.push(resolve));
    else free -= 1;
    try {
      return await start();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };
  FunctionsEmulator.prototype.startRuntime = async function (backend, trigger) {
    const key = trigger?.id;
    const start = () => startInTurn(() => startRuntime.call(this, backend, trigger));
    if (key === undefined) return start();
    if (!starting.has(key))
      starting.set(
        key,
        start().finally(() => starting.delete(key)),
      );
    return starting.get(key);
  };
} catch {
  // Slow, but right.
}
