/** What a hostile program may try: each attempt ends in a sentence or in nothing, and the next program runs. */
import { describe, expect, test } from 'vitest'
import type { LoggedEvent } from './folding.ts'
import { ProgramFolding, SandboxRefusal } from './program.ts'

const deposited: LoggedEvent = {
  stream: 'account-acc1',
  type: 'Deposited',
  data: { account: 'acc1', amount: 100 },
  version: 0,
  position: 0,
  timeUs: 0,
  message: -1,
  factIndex: -1,
}

/** A program whose `evolve` does this. */
function program(body: string): string {
  return `function initialState() { return { balance: 0 } }\nfunction evolve(state, event) {\n${body}\n}`
}

async function outcomeOf(source: string): Promise<string> {
  try {
    const folding = await ProgramFolding.open(source)
    return folding.take([deposited])[0] ?? ''
  } catch (error) {
    if (!(error instanceof SandboxRefusal)) throw error
    return error.problem.sentence
  }
}

const STEPS = /too many steps/
const BYTES = /more than 32 MB|too long|larger than/
const DEPTH = /too deeply|broke off/

const REFUSED: [name: string, body: string, sentence: RegExp][] = [
  [
    'a getter that takes long, many times over',
    'const o = {}; for (let i = 0; i < 200; i++) Object.defineProperty(o, "k" + i, { enumerable: true, get() { let s = 0; for (let j = 0; j < 1e6; j++) s += j; return s } }); return o',
    STEPS,
  ],
  [
    'getters of getters without end',
    'const make = () => ({ get a() { return make() } }); return make()',
    DEPTH,
  ],
  [
    'a regular expression with too many ways',
    'return /^(([a-z])+.)+[A-Z]([a-z])+$/.exec("a".repeat(200))',
    STEPS,
  ],
  [
    'a replacement that grows',
    'return "a".repeat(50000).replace(/a*?b|a/g, "aa".repeat(1000))',
    /too many steps|32 MB|too long/,
  ],
  ['a trap that never returns', 'return "x" in new Proxy({}, { has() { for (;;); } })', STEPS],
  [
    'a value that is read without end',
    'return new Proxy({ a: 1 }, { get() { for (;;); } })',
    STEPS,
  ],
  [
    'a key that never becomes one',
    'const x = { [Symbol.toPrimitive]() { for (;;); } }; return { [x]: 1 }',
    STEPS,
  ],
  ['a kind that never ends', 'return 1 instanceof { [Symbol.hasInstance]() { for (;;); } }', STEPS],
  [
    'an error that is a trap',
    'throw new Proxy({}, { get() { for (;;); } })',
    /threw nothing|broke off/,
  ],
  [
    'an error whose name throws',
    'throw { get name() { throw 1 }, message: "m" }',
    /^m$|threw nothing/,
  ],
  ['an error with a huge message', 'throw new Error("x".repeat(1e6))', /^x{200} …$/],
  [
    'an error that looks like a page',
    'throw new Error("<img src=x onerror=alert(1)>")',
    /^<img src=x/,
  ],
  ['a comparison that never ends', 'return [3, 2, 1].sort(() => { for (;;); })', STEPS],
  ['a program in a program', 'return Function("for (;;);")()', STEPS],
  [
    'a stack that is written by a loop',
    'Error.prepareStackTrace = () => { for (;;); }; throw new Error("x")',
    /^x$/,
  ],
  ['a generator without end', 'return [...(function* () { for (;;) yield 1 })()]', /32 MB|steps/],
  [
    'an iterator that never ends',
    'return [...{ [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }]',
    /32 MB|steps/,
  ],
  ['a match without end', 'return "aaa".replace(/a/g, () => { for (;;); })', STEPS],
  [
    'a species that never ends',
    'class L extends Array { static get [Symbol.species]() { for (;;); } } return new L(3).map(String)',
    STEPS,
  ],
  ['lists in lists', 'let a = []; for (;;) a = [a, a, a, a]', BYTES],
  [
    'many typed arrays',
    'const all = []; for (;;) all.push(new Float64Array(1e5))',
    /RangeError|32 MB/,
  ],
  ['a key for each number', 'const o = {}; for (let i = 0; ; i++) o["k" + i] = i', /32 MB|steps/],
  ['a wide JSON', 'return JSON.parse("[" + "{},".repeat(3e6) + "{}]")', BYTES],
  [
    'a JSON that grows as it is written',
    'const a = ["x".repeat(1e5)]; return JSON.stringify(Array(1e4).fill(a))',
    BYTES,
  ],
  ['performance', 'return performance.now()', /'performance' is not defined/],
  ['crypto', 'return crypto.getRandomValues(new Uint8Array(1))', /'crypto' is not defined/],
  ['a clone', 'return structuredClone({})', /'structuredClone' is not defined/],
  ['an endless loop', 'while (true) {}', STEPS],
  [
    'an endless loop that catches what stops it',
    'for (;;) try { while (true) {} } catch {}',
    STEPS,
  ],
  ['a loop in finally', 'try { while (true) {} } finally { while (true) {} }', STEPS],
  ['a regular expression that never ends', 'return /(a+)+$/.test("a".repeat(60) + "b")', STEPS],
  ['a getter that never ends', 'return { get balance() { while (true) {} } }', STEPS],
  ['a toJSON that never ends', 'return { toJSON() { while (true) {} } }', STEPS],
  ['a proxy that never ends', 'return new Proxy({}, { ownKeys() { while (true) {} } })', STEPS],
  [
    'an error whose message never ends',
    'throw { get message() { while (true) {} } }',
    /threw nothing|broke off/,
  ],
  [
    'traps of a proxy in a chain',
    'let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x',
    DEPTH,
  ],
  ['a getter that asks itself', 'const o = { get x() { return o.x } }; return o.x', DEPTH],
  ['a text of itself', 'class A { toString() { return "" + this } } return String(new A())', DEPTH],
  ['a value of itself', 'const x = { valueOf() { return +x } }; return +x', DEPTH],
  [
    'a toJSON of itself',
    'const x = { toJSON: () => JSON.stringify(x) }; return JSON.stringify(x)',
    DEPTH,
  ],
  ['a generator of itself', 'function* g() { yield* g() } return [...g()]', DEPTH],
  [
    'a generator without end',
    'function* g() { for (;;) yield 1 } for (const x of g()); return 1',
    STEPS,
  ],
  [
    'a set that grows as it is gone through',
    'const s = new Set([0]); for (const x of s) s.add(s.size); return 1',
    /too many steps|32 MB/,
  ],
  [
    'a replacement of itself',
    '"a".replace(/a/g, function f() { return "a".replace(/a/g, f) })',
    DEPTH,
  ],
  [
    'objects nested without end',
    'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o',
    DEPTH,
  ],
  ['brackets without end', 'return eval("[".repeat(1e5) + "]".repeat(1e5))', DEPTH],
  ['an ambiguous regular expression', 'return /^(\\w+\\s?)*$/.test("a".repeat(50) + "!")', STEPS],
  ['too many groups', 'return new RegExp("(".repeat(1e5) + ")".repeat(1e5))', /too many captures/],
  ['a filled text', 'return "x".padEnd(2 ** 30)', /RangeError|32 MB/],
  ['a text in pieces', 'return [..."x".repeat(1e7)]', BYTES],
  ['a list from a length', 'return Array.from({ length: 1e9 })', BYTES],
  ['a valueOf that never ends', 'return { valueOf() { for (;;); } } + 1', STEPS],
  ['a toPrimitive that never ends', 'return { [Symbol.toPrimitive]() { for (;;); } } * 2', STEPS],
  [
    'a stack that is prepared',
    'Error.prepareStackTrace = () => { for (;;); }; throw new Error("a")',
    /^a$/,
  ],
  ['a symbol', 'return Symbol("x")', /not plain data/],
  ['a function', 'return () => 1', /not plain data/],
  ['a big number', 'return 10n', /BigInt/],
  ['a circle', 'const a = {}; a.a = a; return a', /circular/],
  ['Atomics', 'return Atomics.wait', /'Atomics' is not defined/],
  ['the console', 'return console.log(1)', /'console' is not defined/],
  ['a microtask', 'return queueMicrotask(() => {})', /'queueMicrotask' is not defined/],
  ['the system', 'return std.exit()', /'std' is not defined/],
  ['the operating system', 'return os.exec(["ls"])', /'os' is not defined/],
  ['languages of the world', 'return new Intl.DateTimeFormat()', /'Intl' is not defined/],
  ['a module of its own', 'return import.meta', /SyntaxError/],
  ['with', 'with ({}) {}', /SyntaxError/],
  ['its caller', 'return arguments.callee', /TypeError/],
  ['this', 'return this.constructor.constructor("return 1")()', /TypeError/],
  [
    'what makes text of an object',
    'Object.prototype.toJSON = () => 7; return { a: 1 }',
    /changes how JSON/,
  ],
  [
    'what makes text of a list',
    'Array.prototype.toJSON = () => ["x", "y"]; return 1',
    /changes how JSON/,
  ],
  [
    'a memory bomb of objects',
    'let o = {}; const all = []; while (true) all.push(o = { o })',
    BYTES,
  ],
  ['a text that doubles', 'let s = "a"; while (true) s += s', BYTES],
  ['a huge text', 'return "a".repeat(2 ** 29)', BYTES],
  ['a huge array', 'return new Uint8Array(1e9)', /RangeError|32 MB/],
  ['a huge number', 'let x = 2n; for (;;) x *= x', BYTES],
  ['a state that is too large', 'return "a".repeat(1e6)', BYTES],
  ['a function that calls itself', 'return (function f() { return f() })()', DEPTH],
  ['JSON nested without end', 'return JSON.parse("[".repeat(1e6))', DEPTH],
  ['the date', 'return Date.now()', /no clock/],
  ['a new date', 'return new Date()', /no clock/],
  ['dice', 'return Math.random()', /no dice/],
  ['the network', 'return fetch("https://example.com")', /'fetch' is not defined/],
  ['a timer', 'setTimeout(() => {}, 0)', /'setTimeout' is not defined/],
  ['a socket', 'new WebSocket("wss://example.com")', /'WebSocket' is not defined/],
  ['a worker', 'importScripts("x.js")', /'importScripts' is not defined/],
  ['the page', 'return document.cookie', /'document' is not defined/],
  ['the worker itself', 'return self.postMessage(1)', /'self' is not defined/],
  ['WebAssembly', 'return WebAssembly.Memory', /'WebAssembly' is not defined/],
  ['the machine', 'return process.env', /'process' is not defined/],
  ['a module', 'return require("fs")', /'require' is not defined/],
  ['nothing but null', 'throw null', /threw nothing/],
]

describe('given a program that wants too much', () => {
  test.each(REFUSED)('when it tries %s, then it gets a sentence', async (_name, body, sentence) => {
    expect(await outcomeOf(program(body))).toMatch(sentence)
  })
})

const HARMLESS: [name: string, body: string, state: string][] = [
  ['eval', 'return eval("1 + 1")', '2'],
  ['the function constructor', 'return Function("return typeof fetch")()', '"undefined"'],
  ['the global object', 'return typeof globalThis.fetch', '"undefined"'],
  [
    'the constructor of a constructor',
    'return ({}).constructor.constructor("return typeof process")()',
    '"undefined"',
  ],
  ['an import', 'import("./x.js").catch(() => {}); return 1', '1'],
  ['a promise', 'Promise.resolve().then(() => { for (;;); }); return 1', '1'],
  [
    'the maker of generators',
    'return [...Object.getPrototypeOf(function* () {}).constructor("yield typeof fetch")()]',
    '["undefined"]',
  ],
  ['eval in disguise', 'return (0, eval)("typeof this.process")', '"undefined"'],
  ['a promise that never comes', '(async () => { for (;;) await 1 })(); return 1', '1'],
  [
    'the pattern of a regular expression',
    'RegExp.prototype.exec = () => { for (;;); }; return 1',
    '1',
  ],
  [
    'what lists are gone through with',
    'Array.prototype[Symbol.iterator] = null; return [1]',
    '[1]',
  ],
  [
    'a type that asks back',
    'Object.defineProperty(event, "type", { get() { return fetch } }); return 1',
    '1',
  ],
  ['a key that is a symbol', 'return { [Symbol("x")]: 1, y: Symbol("y") }', '{}'],
  ['what is no number', 'return [NaN, Infinity, undefined]', '[null,null,null]'],
  ['memory that is shared', 'return typeof new SharedArrayBuffer(8)', '"object"'],
  ['the prototype of objects', 'Object.prototype.polluted = 1; return { a: 1 }', '{"a":1}'],
  [
    'the prototype of a state',
    'return JSON.parse(\'{"__proto__":{"polluted":1},"a":1}\')',
    '{"__proto__":{"polluted":1},"a":1}',
  ],
  ['JSON itself', 'JSON.stringify = () => { while (true) {} }; return 1', '1'],
  ['lists', 'Array.prototype.push = () => { throw 1 }; return [1]', '[1]'],
  ['keys', 'Object.keys = () => []; return { a: 1 }', '{"a":1}'],
]

describe('given a program that reaches out', () => {
  test.each(HARMLESS)(
    'when it reaches for %s, then it finds only itself',
    async (_n, body, state) => {
      expect(await outcomeOf(program(body))).toBe(state)
      expect(({} as { polluted?: number }).polluted).toBeUndefined()
    },
  )
})

describe('given a program that was stopped', () => {
  test('then another one runs, and the same one stops at the same event', async () => {
    const stopped = program('while (true) {}')
    expect(await outcomeOf(stopped)).toBe(await outcomeOf(stopped))
    const sum = program('return { balance: state.balance + event.data.amount }')
    expect(await outcomeOf(sum)).toBe('{"balance":100}')
  })

  test('then the line and the event are known', async () => {
    const source = program(
      'if (event.version === 1)\n  throw new TypeError("not this one")\nreturn state',
    )
    const folding = await ProgramFolding.open(source)
    const refused = () => folding.take([deposited, { ...deposited, version: 1 }])
    expect(refused).toThrow('TypeError: not this one')
    expect(folding.where()).toBe(1)
    try {
      refused()
    } catch (error) {
      expect((error as SandboxRefusal).problem.line).toBe(4)
    }
  })
})

describe('given what is no program', () => {
  test.each([
    ['', /function evolve/, null],
    ['function evolve(', /SyntaxError/, 1],
    ['const a = 1\nconst b = ]', /SyntaxError/, 2],
    ['function evolve() {}', /function initialState/, null],
    ['let initialState = 1, evolve = 2', /function evolve/, null],
    [
      'const initialState = {}; const evolve = (s) => s; const projections = { a: 1 }',
      /The projection a/,
      null,
    ],
    ['while (true) {}', STEPS, 1],
    ['\n\nthrow new Error("at once")', /at once/, 3],
  ])(
    'when it is %j, then a sentence says what is missing, and where',
    async (source, sentence, line) => {
      const opened = ProgramFolding.open(source)
      await expect(opened).rejects.toThrow(sentence)
      await expect(opened).rejects.toMatchObject({ problem: { line } })
    },
  )
})
