/**
 * Runs JavaScript that a person wrote where it can reach nothing: QuickJS in WebAssembly, one instance a
 * program, with limits counted in steps and bytes. It has no page, no network, no clock and no dice.
 */
import baseVariant from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core'
import { readProblem, type SandboxProblem, SandboxRefusal } from './problem.ts'

/** The interpreter asks about every ten thousand operations whether it may go on: so often at most in one call. */
const STEPS_MAX = 1_000
const MEMORY_BYTES = 32 << 20
/** Low enough that the interpreter ends a recursion itself, before the machine's own stack does. */
const STACK_BYTES = 128 << 10

/** Everything of the language but `Date`. */
const INTRINSICS = {
  BaseObjects: true,
  Eval: true,
  StringNormalize: true,
  RegExpCompiler: true,
  RegExp: true,
  JSON: true,
  Proxy: true,
  MapSet: true,
  TypedArrays: true,
  Promise: true,
  BigInt: true,
} as const

/** What there is no use for in a fold says so, instead of being undefined. Runs before the person's code. */
const PRELUDE = `(() => {
  const refuse = (why) => { throw new Error(why) }
  const clock = 'There is no clock here. The time of an event belongs in the event.'
  const dice = 'There are no dice here. What chance decided belongs in the event.'
  Object.defineProperty(globalThis, 'Date', { get: () => refuse(clock) })
  Object.defineProperty(Math, 'random', { value: () => refuse(dice) })
})()`

/** The name of a person's program in its error messages. */
export const PROGRAM_FILE = 'fold.js'

/** What the interpreter answers: a value, or what was thrown. */
type Result = ReturnType<QuickJSContext['evalCode']>

export class Sandbox {
  private readonly context: QuickJSContext
  private steps = 0
  private isBroken = false

  private constructor(runtime: QuickJSRuntime) {
    runtime.setMemoryLimit(MEMORY_BYTES)
    runtime.setMaxStackSize(STACK_BYTES)
    runtime.setInterruptHandler(() => ++this.steps > STEPS_MAX)
    this.context = runtime.newContext({ intrinsics: INTRINSICS })
    this.run(PRELUDE, 'prelude.js').dispose()
  }

  /** `wasm` is the address of the interpreter; in Node the package finds its own. */
  static async open(wasm?: string): Promise<Sandbox> {
    const variant =
      wasm === undefined ? baseVariant : newVariant(baseVariant, { wasmLocation: wasm })
    const module = await newQuickJSWASMModuleFromVariant(variant)
    return new Sandbox(module.newRuntime())
  }

  /** Evaluates a script and returns its last value. Throws `SandboxRefusal`. */
  run(source: string, file: string): QuickJSHandle {
    return this.guard(() => this.context.evalCode(source, file, { strict: true }))
  }

  /** Calls a function of the sandbox with a text; it answers with a text. Throws `SandboxRefusal`. */
  call(callee: QuickJSHandle, text: string): string {
    const argument = this.context.newString(text)
    const result = this.guard(() =>
      this.context.callFunction(callee, this.context.undefined, argument),
    )
    argument.dispose()
    const answer = this.context.typeof(result) === 'string' ? this.context.getString(result) : ''
    result.dispose()
    return answer
  }

  /** Calls a function with a value of the sandbox. Throws `SandboxRefusal`. */
  callWith(callee: QuickJSHandle, value: QuickJSHandle): QuickJSHandle {
    return this.guard(() => this.context.callFunction(callee, this.context.undefined, value))
  }

  /** The function that a function of the sandbox hands out under a name. */
  operation(pick: QuickJSHandle, name: string): QuickJSHandle {
    const text = this.context.newString(name)
    const operation = this.callWith(pick, text)
    text.dispose()
    return operation
  }

  private guard(act: () => Result): QuickJSHandle {
    if (this.isBroken) throw new SandboxRefusal({ sentence: BROKEN, line: null })
    this.steps = 0
    let result: Result
    try {
      result = act()
    } catch (error) {
      // The interpreter itself gave up (the stack of the machine, for one): the instance is of no more use.
      this.isBroken = true
      throw new SandboxRefusal(
        readProblem(error instanceof RangeError ? 'stack overflow' : BROKEN, ''),
      )
    }
    if (result.error === undefined) return result.value
    throw new SandboxRefusal(this.problemOf(result.error))
  }

  private problemOf(error: QuickJSHandle): SandboxProblem {
    // Reading the error may run the person's code again: a getter, a toString.
    this.steps = 0
    try {
      const message = this.textOf(error, 'message')
      const name = this.textOf(error, 'name')
      const stack = this.textOf(error, 'stack')
      error.dispose()
      return readProblem(message, stack, name)
    } catch {
      this.isBroken = true
      return { sentence: BROKEN, line: null }
    }
  }

  private textOf(value: QuickJSHandle, property: string): string {
    const type = this.context.typeof(value)
    if (type === 'string') return property === 'message' ? this.context.getString(value) : ''
    if (type !== 'object' && type !== 'function') return ''
    const read = this.context.getProp(value, property)
    const text = this.context.typeof(read) === 'string' ? this.context.getString(read) : ''
    read.dispose()
    return text
  }
}

const BROKEN = 'The program broke off and cannot go on.'
