/** The article's Python text runs as it stands, its loops tell how far they are, and nothing runs away. */
import { describe, expect, test } from 'vitest'
import { traceLoops } from './loops.ts'
import { type Happening, runPython } from './runPython.ts'

/** The article's text. */
const ARTICLE = `events = [
    {"type": "AccountCreated", "data": {"id": "acc1", "balance": 0}},
    {"type": "Deposited", "data": {"account": "acc1", "amount": 100}},
    {"type": "Withdrawn", "data": {"account": "acc1", "amount": 50}},
]

balance = 0
for event in events:
    if event["type"] == "AccountCreated":
        balance = event["data"]["balance"]
    elif event["type"] == "Deposited":
        balance += event["data"]["amount"]
    elif event["type"] == "Withdrawn":
        balance -= event["data"]["amount"]

print(f"Current balance: {balance}")
`

async function run(source: string) {
  const happenings: Happening[] = []
  const end = await runPython(source, (happening) => happenings.push(happening))
  const printed = happenings.map((each) => (each.what === 'printed' ? each.text : '')).join('')
  const steps = happenings.flatMap((each) => (each.what === 'step' ? [each] : []))
  return { end, printed, steps, happenings }
}

describe('given the article’s program', () => {
  test('when it runs, then it prints the balance', async () => {
    const { end, printed } = await run(ARTICLE)
    expect(end).toEqual({ ok: true })
    expect(printed).toBe('Current balance: 50\n')
  })

  test('then its loop tells of each event, where it is written, and the balance before it', async () => {
    const { steps } = await run(ARTICLE)
    expect(steps.map(({ index, lines, values }) => [index, lines, values.balance])).toEqual([
      [0, [2, 2], '0'],
      [1, [3, 3], '0'],
      [2, [4, 4], '100'],
      [-1, null, '50'],
    ])
    expect(steps[1]?.item).toContain('Deposited')
  })

  test('when a learner counts with enumerate, then the events are found all the same', async () => {
    const counted = ARTICLE.replace('for event in events', 'for i, event in enumerate(events)')
    const { end, steps } = await run(counted)
    expect(end.ok).toBe(true)
    expect(steps[2]?.lines).toEqual([4, 4])
  })
})

describe('given variations', () => {
  test('when it goes by a while loop, then each turn is told, with the event that it takes', async () => {
    const whiled = ARTICLE.replace(
      'for event in events:',
      'i = 0\nwhile i < len(events):\n    event = events[i]\n    i += 1',
    )
    const { end, printed, steps } = await run(whiled)
    expect([end.ok, printed]).toEqual([true, 'Current balance: 50\n'])
    expect(steps.map(({ index, lines, values }) => [index, lines, values.balance])).toEqual([
      [0, [2, 2], '0'],
      [1, [3, 3], '0'],
      [2, [4, 4], '100'],
      [-1, null, '50'],
    ])
  })

  test('when the fold is a function, then what is known inside it is told', async () => {
    const { end, printed, steps } = await run(
      'log = [\n    ("in", 100),\n    ("out", 30),\n]\ndef fold(events, start=0):\n    total = start\n    for kind, amount in events:\n        if kind == "in":\n            total += amount\n        else:\n            total -= amount\n    return total\nprint(f"Total: {fold(log)}")',
    )
    expect([end.ok, printed]).toEqual([true, 'Total: 70\n'])
    expect(steps.map(({ index, values }) => [index, values.total])).toEqual([
      [0, '0'],
      [1, '100'],
      [-1, '70'],
    ])
  })

  test('when a step is a function of state and event, then the state is told before each', async () => {
    const { steps } = await run(
      'def evolve(balance, event):\n    return balance + event["amount"]\n\nbalance = 0\nfor event in [{"amount": 5}, {"amount": 7}]:\n    balance = evolve(balance, event)\nprint(f"{balance:>5}")',
    )
    expect(steps.map(({ values }) => values.balance)).toEqual(['0', '5', '12'])
  })

  test('when a loop goes on for long, then it runs on though its steps are told no more', async () => {
    const { end, printed, steps } = await run('n = 0\nwhile n < 2000000:\n    n += 1\nprint(n)')
    expect([end.ok, printed, steps.length]).toEqual([true, '2000000\n', 2000])
  })

  test('when the fold is a function over one list written in one line, then it runs', async () => {
    const { end, printed } = await run(
      'log = [("in", 100), ("out", 30)]\ndef fold(events):\n    total = 0\n    for kind, amount in events:\n        total += amount if kind == "in" else -amount\n    return total\nprint("Total:", fold(log))',
    )
    expect([end.ok, printed]).toEqual([true, 'Total: 70\n'])
  })

  test('when it prints without ending the line, then nothing of it is lost', async () => {
    const { printed } = await run('for n in [1, 2, 3]:\n    print(n, end=" ")\nprint("go")')
    expect(printed).toBe('1 2 3 go\n')
  })
})

describe('given a text in which loops are hard to find', () => {
  test.each([
    ['"for a in b:"', '"for a in b:"'],
    ['"""\nfor a in b:\n"""', '"""\nfor a in b:\n"""'],
    ['# for a in b:', '# for a in b:'],
    ['x = [a for a in b]', 'x = [a for a in b]'],
    ['for a in b: pass', 'for a in __step(( b), 1): pass'],
    ['while a[1:2]: pass', 'while ( a[1:2]) if __told[0] > 2000 else __turn(( a[1:2]), 1): pass'],
    ['while (a and\n b): pass', 'while (a and\n b): pass'],
    ['"while a:"', '"while a:"'],
    ['x = 1 # while a:', 'x = 1 # while a:'],
    [
      'def f(a, *b):\n  c, d = a\n  for e in b:\n    pass',
      "def f(a, *b):\n  c, d = a\n  for e in __step(( b), 3, (('a', lambda: a), ('b', lambda: b), ('c', lambda: c), ('d', lambda: d), ('e', lambda: e),)):\n    pass",
    ],
    ['for a in 1, 2:\n  pass', 'for a in __step(( 1, 2), 1):\n  pass'],
    ['for a in d["in"]:\n  pass', 'for a in __step(( d["in"]), 1):\n  pass'],
    ['for (a,\n b) in c[1:2]:\n  pass', 'for (a,\n b) in __step(( c[1:2]), 1):\n  pass'],
  ])('when it is %j, then only a loop is changed', (source, traced) => {
    expect(traceLoops(source).source).toBe(traced)
  })
})

describe('given a program that fails or wants too much', () => {
  test.each([
    ['x = 1\ny = 2 / 0', /ZeroDivisionError: divide by zero\./, 2],
    ['if True\n  pass', /SyntaxError/, 1],
    ['for a in missing:\n  pass', /NameError/, 1],
    [
      'def f(x):\n    while x > 0:\n        x -= 1\n        y = x / 0\nf(3)',
      /ZeroDivisionError/,
      4,
    ],
    ['n = 3\nwhile n:\n    n = n - "1"', /TypeError/, 3],
    ['print(f"{x}")', /NameError/, 1],
    ['while True\n    pass', /SyntaxError/, 1],
    ['a = "a" * 200000000', /more than 64 MB/, 1],
    ['def f(): return f() + 1\nf()', /too deeply/, 1],
    ['from dataclasses import dataclass', /MicroPython.* Write a class with __init__/, 1],
    ['x = 1\nfrom typing import List', /Leave the import out/, 2],
    ['import datetimes', /not all of Python\.$/, 1],
    ['while True: print("again and again")', /printed very much/, null],
    ['x = 1\nname = input("Who? ")', /nobody does here/, 2],
    ['def ask():\n  return input()\nask()', /nobody does here/, 2],
    ['print(open("events.json").read())', /no files here/, 1],
    ['e = "a"\nmatch e:\n  case "a": pass', /no match statement/, 2],
  ])('when it is %j, then a sentence says so, with its line', async (source, sentence, line) => {
    const { end } = await run(source)
    expect(end).toMatchObject({ ok: false, line })
    expect((end as { sentence: string }).sentence).toMatch(sentence)
  })

  test.each([
    'import js\njs.fetch',
    'import js\njs.constructor',
    'import jsffi\njsffi.create_proxy',
    'import js\njs.globalThis',
    'import sys\nsys.modules["js"].constructor',
  ])('when it reaches for the page by %j, then there is nothing', async (source) => {
    expect((await run(source)).end.ok).toBe(false)
  })
})
