/** What is wrong with a person's program, in a sentence that says where and what to try. */

export interface SandboxProblem {
  sentence: string
  /** The line of the program, from 1; null where none can be named. */
  line: number | null
  /** It wanted more than a program may have; the next call would want it again. */
  isLimit?: true
}

/** A program that was stopped or failed. */
export class SandboxRefusal extends Error {
  readonly problem: SandboxProblem

  constructor(problem: SandboxProblem) {
    super(problem.sentence)
    this.problem = problem
  }
}

const MESSAGE_MAX = 200

/** Where there is no memory left for an error the interpreter throws null. */
const NOTHING = 'The program threw nothing that can be read. It may have needed more than 32 MB.'

const LIMITS: readonly (readonly [RegExp, string])[] = [
  [/^interrupted$/, 'The program takes too many steps. Look for a loop that never ends.'],
  [
    /out of memory|too large to allocate/,
    'The program needs more than 32 MB. Keep less in the state.',
  ],
  [/string too long/, 'The program makes a text that is too long. Keep less in the state.'],
  [
    /stack overflow/,
    'The program calls itself too deeply. Look for a function that never returns.',
  ],
]

/** Reads what the interpreter says of an error. */
export function readProblem(message: string, stack: string, name = ''): SandboxProblem {
  const place = /fold\.js:(\d+)/.exec(stack)
  const line = place ? Number(place[1]) : null
  const limit = LIMITS.find(([pattern]) => pattern.test(message))
  if (limit) return { sentence: limit[1], line, isLimit: true }
  const said = message.length > MESSAGE_MAX ? `${message.slice(0, MESSAGE_MAX)} …` : message
  const kind = name === '' || name === 'Error' ? '' : `${name}: `
  return {
    sentence: said === '' ? NOTHING : `${kind}${said}`,
    line,
  }
}
